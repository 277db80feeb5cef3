package io.caisson.executor.network;

import io.caisson.linux.Sysctl;
import io.caisson.linux.netlink.Cidr;
import io.caisson.linux.netlink.Link;
import io.caisson.linux.netlink.MacAddress;
import io.caisson.linux.netlink.Netlink;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bridges of networks, made when first used. Blocks. */
final class Bridges {
    private final Netlink host;
    /** As they were when last looked at; whatever differs is looked at again. */
    private final Map<BridgePlan, Link> made = new HashMap<>();

    Bridges(Netlink host) {
        this.host = host;
    }

    /** The bridge with the planned address, up; made or mended where it is not so. */
    synchronized Link ensure(BridgePlan plan) {
        Optional<Link> there = host.link(plan.name());
        if (there.isPresent() && there.get().equals(made.get(plan))) {
            return there.get();
        }
        Link bridge = there.filter(link -> link.kind().equals("bridge") && link.isUp())
                .orElseGet(() -> make(plan, there));
        host.batch().addAddress(bridge.index(), Cidr.parse(plan.address())).send();
        made.put(plan, host.requireLink(plan.name()));
        return bridge;
    }

    private Link make(BridgePlan plan, Optional<Link> there) {
        if (there.isPresent() && there.get().kind().equals("bridge")) {
            host.batch().up(there.get().index()).send();
            return there.get();
        }
        Link bridge = host.createBridge(plan.name(), mac(plan), plan.mtu());
        // Loopback addresses are allowed on it, so that published ports answer on 127.0.0.1; the packet filter keeps
        // containers from using that.
        Sysctl.write("net/ipv4/conf/" + plan.name() + "/route_localnet", "1");
        Sysctl.write("net.ipv4.ip_forward", "1");
        return bridge;
    }

    /** One that stays: left to itself a bridge takes the lowest of its ports', and changes with them. */
    private static MacAddress mac(BridgePlan plan) {
        byte[] ip = Cidr.parse(plan.address()).address().getAddress();
        long bits = 0x0242L << 32;
        for (int i = 0; i < 4; i++) {
            bits |= (ip[i] & 0xffL) << (24 - 8 * i);
        }
        return new MacAddress(bits);
    }

    /** Makes those again that are gone or down; true when one was. The links of containers are not in them yet. */
    synchronized boolean mend() {
        boolean mended = false;
        for (BridgePlan plan : List.copyOf(made.keySet())) {
            boolean well = host.link(plan.name()).filter(Link::isUp).isPresent();
            if (!well) {
                var _ = ensure(plan);
                mended = true;
            }
        }
        return mended;
    }

    /** One that was there before its network was, under a name that the user gave, stays. */
    synchronized void remove(String name) {
        Optional<Link> there = host.link(name);
        boolean others = made.keySet().stream()
                .anyMatch(plan -> plan.name().equals(name)
                        && there.isPresent()
                        && !mac(plan).equals(there.get().mac()));
        made.keySet().removeIf(plan -> plan.name().equals(name));
        if (!others) {
            host.deleteLink(name);
        }
    }

    /** All that were made or found for plans; they are made again when they are needed. */
    synchronized void removeAll() {
        List.copyOf(made.keySet()).forEach(plan -> remove(plan.name()));
    }
}
