package io.caisson.network.api;

import io.caisson.kernel.ContainerId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the executor has to do on a node to connect one container. Carrying it out twice has the effect of once.
 *
 * @param interfaces in the order they appear in the container; empty but for private sandboxes
 * @param resolver null where the container asks the host's name servers itself: it is on no user-defined network
 */
public record NetworkPlan(
        ContainerId container,
        Sandbox sandbox,
        List<InterfacePlan> interfaces,
        List<PortPlan> ports,
        @Nullable ResolverPlan resolver) {
    public NetworkPlan {
        interfaces = List.copyOf(interfaces);
        ports = List.copyOf(ports);
    }

    /** One without names. */
    public NetworkPlan(ContainerId container, Sandbox sandbox, List<InterfacePlan> interfaces, List<PortPlan> ports) {
        this(container, sandbox, interfaces, ports, null);
    }

    /**
     * The name server that a container has at 127.0.0.11.
     *
     * @param networks ids of the networks whose {@link NameTable}s it answers from, in the order they are asked
     * @param links names of the container's own for names of others
     * @param external other names are asked of the name servers outside; false when all networks are internal
     */
    public record ResolverPlan(List<String> networks, Map<String, String> links, boolean external) {
        public ResolverPlan {
            networks = List.copyOf(networks);
            links = Map.copyOf(links);
        }
    }

    /** Whose network namespace the container lives in. */
    public sealed interface Sandbox {
        /** One of its own. */
        record Private() implements Sandbox {}

        /** The host's. */
        record Host() implements Sandbox {}

        /** Another running container's. */
        record Joined(ContainerId container) implements Sandbox {}
    }

    /**
     * A veth pair: one end on the bridge, one in the container.
     *
     * @param address IPv4 with prefix, {@code 172.17.0.2/16}
     * @param defaultGateway set on the interface that carries the default route
     */
    public record InterfacePlan(
            BridgePlan bridge,
            String hostName,
            String containerName,
            String macAddress,
            String address,
            @Nullable String defaultGateway) {}

    /**
     * A bridge that must exist, with its rules.
     *
     * @param name the link's name, at most 15 characters
     * @param address the bridge's own IPv4 with prefix: the gateway
     * @param subnet IPv4 with prefix
     * @param masquerade NAT for what leaves through other links
     * @param internal nothing may leave or enter
     * @param interContainer containers on it may talk to each other
     */
    public record BridgePlan(
            String name,
            String address,
            String subnet,
            int mtu,
            boolean masquerade,
            boolean internal,
            boolean interContainer) {}

    /** A published port: from the host's address and port to the container's. */
    public record PortPlan(
            String protocol, String hostIp, int hostPort, String bridge, String containerIp, int containerPort) {}
}
