package io.caisson.executor.network;

import io.caisson.executor.dns.NameServers;
import io.caisson.linux.netlink.Conntrack;
import io.caisson.linux.netlink.Link;
import io.caisson.linux.netlink.Netlink;
import io.caisson.linux.nft.Nftables;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.NetworkPlan.PortPlan;
import java.util.List;

/** Carries out network plans on this host. Blocks; safe for many threads. */
public final class HostNetwork implements AutoCloseable {
    private final Netlink host;
    private final Bridges bridges;
    private final ContainerLinks links;
    private final PacketFilter filter;
    private final HostPorts ports = new HostPorts();
    private final NameServers names = new NameServers();

    private HostNetwork(Netlink host, PacketFilter filter) {
        this.host = host;
        this.bridges = new Bridges(host);
        this.links = new ContainerLinks(host);
        this.filter = filter;
    }

    public static HostNetwork open(String instance) {
        return new HostNetwork(Netlink.open(), new PacketFilter(Nftables.open(), instance));
    }

    /** The name servers of containers on user-defined networks. */
    public NameServers names() {
        return names;
    }

    public HostPorts ports() {
        return ports;
    }

    /** Makes bridges and their rules. */
    public void ensureBridges(List<BridgePlan> planned) {
        planned.forEach(bridges::ensure);
        filter.know(planned);
    }

    /** Done already is fine. */
    public void removeBridge(String name) {
        filter.forget(name);
        bridges.remove(name);
    }

    /** What needs no container yet: bridges. */
    public List<Link> prepare(NetworkPlan plan) {
        return plan.interfaces().stream()
                .map(planned -> bridges.ensure(planned.bridge()))
                .toList();
    }

    /**
     * Connects the container and publishes its ports.
     *
     * @param namespaceHolder a process in the container's network namespace
     */
    public void connect(NetworkPlan plan, List<Link> prepared, int namespaceHolder) {
        if (plan.interfaces().isEmpty()) {
            return;
        }
        links.connect(plan.interfaces(), !plan.ports().isEmpty(), prepared, namespaceHolder);
        ports.hold(plan.container(), plan.ports());
        publish(plan);
        forgetFlows(plan);
    }

    /**
     * Opens the container's name server, where the plan has one, and closes it where not.
     *
     * @param dns whom to ask for names that are not of its networks; empty for the host's
     */
    public void serveNames(NetworkPlan plan, List<String> dns, int namespaceHolder) {
        var resolver = plan.resolver();
        if (resolver == null) {
            names.close(plan.container());
        } else {
            names.open(plan.container(), resolver, dns, namespaceHolder);
        }
    }

    /** Makes the network of a container that runs another one; as it was when that fails. */
    public void reconnect(NetworkPlan before, NetworkPlan after, int namespaceHolder) {
        List<InterfacePlan> coming = without(after, before);
        List<Link> prepared =
                coming.stream().map(planned -> bridges.ensure(planned.bridge())).toList();
        try {
            links.connect(coming, !after.ports().isEmpty(), prepared, namespaceHolder);
            ports.hold(after.container(), after.ports());
            publish(after);
            links.route(after.interfaces(), namespaceHolder);
            forgetFlows(after);
        } catch (RuntimeException e) {
            links.disconnect(coming);
            publish(before);
            links.route(before.interfaces(), namespaceHolder);
            throw e;
        }
        links.disconnect(without(before, after));
        if (after.ports().isEmpty()) {
            ports.release(after.container());
        }
    }

    private static List<InterfacePlan> without(NetworkPlan plan, NetworkPlan other) {
        var names = other.interfaces().stream().map(InterfacePlan::hostName).toList();
        return plan.interfaces().stream()
                .filter(link -> !names.contains(link.hostName()))
                .toList();
    }

    private void publish(NetworkPlan plan) {
        filter.publish(plan.container(), bridgesOf(plan), plan.ports());
    }

    private static List<BridgePlan> bridgesOf(NetworkPlan plan) {
        return plan.interfaces().stream().map(InterfacePlan::bridge).toList();
    }

    /** After a restart of the executor: what is about containers that run, and nothing else, is in the packet filter. */
    public void adopt(List<NetworkPlan> running) {
        for (NetworkPlan plan : running) {
            var _ = mend(plan);
            ports.holdAgain(plan.container(), plan.ports());
            filter.learn(plan.container(), bridgesOf(plan), plan.ports());
        }
        filter.restore();
    }

    /** Puts back what somebody else took off the host: bridges and rules. True when something was missing. */
    public boolean mend() {
        boolean bridge = bridges.mend();
        return filter.mend() || bridge;
    }

    /** Puts a running container's links back into bridges that were made again; true when one had lost its own. */
    public boolean mend(NetworkPlan plan) {
        return links.reattach(plan.interfaces(), !plan.ports().isEmpty(), prepare(plan));
    }

    /** The container has ended: its ports are free, and nobody answers it. Its links end with its namespace. */
    public void unpublish(NetworkPlan plan) {
        names.close(plan.container());
        filter.unpublish(plan.container());
        ports.release(plan.container());
        forgetFlows(plan);
    }

    /** UDP has no end of a connection: without this, a peer that goes on sending keeps talking to the last container. */
    private static void forgetFlows(NetworkPlan plan) {
        List<PortPlan> udp = plan.ports().stream()
                .filter(port -> port.protocol().equals("udp"))
                .toList();
        if (udp.isEmpty()) {
            return;
        }
        try (Conntrack flows = Conntrack.open()) {
            udp.forEach(port -> flows.forgetUdp(port.hostPort()));
        }
    }

    /** Takes back {@link #connect}, wherever it stopped. */
    public void disconnect(NetworkPlan plan) {
        unpublish(plan);
        links.disconnect(plan.interfaces());
    }

    /** Takes the instance's rules and bridges off the host, when no container of it runs. */
    public void dismantle() {
        filter.remove();
        bridges.removeAll();
    }

    @Override
    public void close() {
        names.close();
        ports.close();
        filter.close();
        host.close();
    }
}
