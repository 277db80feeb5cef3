package io.caisson.executor.network;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Namespaces;
import io.caisson.linux.Sysctl;
import io.caisson.linux.netlink.Cidr;
import io.caisson.linux.netlink.Link;
import io.caisson.linux.netlink.MacAddress;
import io.caisson.linux.netlink.Netlink;
import io.caisson.linux.netlink.VethSpec;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Connects a container's network namespace to bridges of the host. Blocks. */
final class ContainerLinks {
    private final Netlink host;

    ContainerLinks(Netlink host) {
        this.host = host;
    }

    /** @param bridges the links of the interfaces' bridges, in the same order */
    void connect(List<InterfacePlan> interfaces, boolean published, List<Link> bridges, int namespaceHolder) {
        if (interfaces.isEmpty()) {
            return;
        }
        try (Fd namespace = Namespaces.ofProcess(namespaceHolder, Namespaces.Kind.NETWORK);
                Netlink inside = enter(namespace)) {
            for (int i = 0; i < interfaces.size(); i++) {
                connect(interfaces.get(i), published, bridges.get(i), namespace, inside);
            }
        }
    }

    /** Links have IPv4 only, as Docker's where a network has no IPv6. */
    private static Netlink enter(Fd namespace) {
        return Namespaces.inNetwork(namespace, () -> {
            if (Sysctl.path("net/ipv6").toFile().exists()) {
                Sysctl.write("net/ipv6/conf/default/disable_ipv6", "1");
            }
            return Netlink.open();
        });
    }

    private void connect(InterfacePlan plan, boolean published, Link bridge, Fd namespace, Netlink inside) {
        BridgePlan network = plan.bridge();
        create(new VethSpec(
                plan.hostName(),
                null,
                bridge.index(),
                namespace,
                plan.containerName(),
                MacAddress.parse(plan.macAddress()),
                network.mtu()));
        if (!network.interContainer() || published) {
            shape(host.requireLink(plan.hostName()), network, published);
        }
        String gateway = plan.defaultGateway();
        inside.configure(
                plan.containerName(),
                List.of(Cidr.parse(plan.address())),
                gateway == null ? List.of() : List.of(InetAddress.ofLiteral(gateway)));
    }

    private void shape(Link link, BridgePlan network, boolean published) {
        int port = link.index();
        // Where bridged packets pass the packet filter (br_netfilter), a container that asks itself by its published
        // port
        // is answered through the port that it asked from.
        host.batch()
                .isolated(port, !network.interContainer())
                .hairpin(port, published)
                .send();
    }

    /** Puts links into their bridges that are in none, as when the bridge was made again; true when there was one. */
    boolean reattach(List<InterfacePlan> interfaces, boolean published, List<Link> bridges) {
        boolean reattached = false;
        for (int i = 0; i < interfaces.size(); i++) {
            InterfacePlan plan = interfaces.get(i);
            Link bridge = bridges.get(i);
            Optional<Link> astray = host.link(plan.hostName()).filter(link -> link.master() != bridge.index());
            if (astray.isPresent()) {
                host.batch().master(astray.get().index(), bridge.index()).send();
                shape(astray.get(), plan.bridge(), published);
                reattached = true;
            }
        }
        return reattached;
    }

    /** The link of the container's last run may still be there: the kernel takes its time to end a namespace. */
    private void create(VethSpec spec) {
        try {
            host.createContainerLink(spec);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            host.deleteLink(spec.name());
            host.createContainerLink(spec);
        }
    }

    /** Gives the container the default route of the plan, in place of another. */
    void route(List<InterfacePlan> interfaces, int namespaceHolder) {
        for (InterfacePlan plan : interfaces) {
            String gateway = plan.defaultGateway();
            if (gateway != null) {
                try (Fd namespace = Namespaces.ofProcess(namespaceHolder, Namespaces.Kind.NETWORK);
                        Netlink inside = Netlink.openIn(namespace)) {
                    int link = inside.requireLink(plan.containerName()).index();
                    inside.batch()
                            .defaultRoute(InetAddress.ofLiteral(gateway), link)
                            .send();
                }
            }
        }
    }

    void disconnect(List<InterfacePlan> interfaces) {
        interfaces.forEach(plan -> host.deleteLink(plan.hostName()));
    }
}
