package io.caisson.network;

import io.caisson.kernel.ContainerId;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.NetworkPlan.PortPlan;
import io.caisson.network.api.NetworkPlan.ResolverPlan;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.network.api.PublishedPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a container's endpoints to what its node has to do. Pure. */
final class NetworkPlanner {
    private final String instance;

    NetworkPlanner(String instance) {
        this.instance = instance;
    }

    Attachment attachment(ContainerId container, List<Allocated> allocated, List<PublishedPort> ports) {
        Optional<Allocated> exit = exit(allocated);
        List<InterfacePlan> links = new ArrayList<>();
        for (Allocated one : allocated) {
            InterfacePlan link = NetworkMapping.link(
                    one.network(),
                    one.endpoint(),
                    instance,
                    exit.filter(one::equals).isPresent());
            if (link != null) {
                links.add(link);
            }
        }
        List<PublishedPort> reachable = exit.isPresent() ? ports : List.of();
        var plan = new NetworkPlan(
                container, sandbox(allocated), links, portPlans(links, reachable), resolver(allocated, exit));
        return new Attachment(
                plan,
                allocated.stream()
                        .map(one -> NetworkMapping.endpoint(one.network(), one.endpoint()))
                        .toList(),
                reachable);
    }

    /**
     * The endpoint that carries the default route, and so whatever comes and goes through the host: the one of the highest
     * priority, then the network first by name.
     */
    static Optional<Allocated> exit(List<Allocated> allocated) {
        return allocated.stream()
                .filter(one -> one.endpoint().address != null && !one.network().internal)
                .min(Comparator.<Allocated>comparingInt(one -> -priority(one))
                        .thenComparing(one -> one.network().name));
    }

    private static int priority(Allocated one) {
        Integer priority = one.endpoint().request.gwPriority();
        return priority == null ? 0 : priority;
    }

    private static Sandbox sandbox(List<Allocated> allocated) {
        return allocated.stream().anyMatch(one -> one.network().driver.equals(PredefinedNetworks.HOST))
                ? new Sandbox.Host()
                : new Sandbox.Private();
    }

    private static List<PortPlan> portPlans(List<InterfacePlan> links, List<PublishedPort> ports) {
        return links.stream()
                .filter(link -> link.defaultGateway() != null)
                .findFirst()
                .map(link -> ports.stream().map(port -> portPlan(port, link)).toList())
                .orElse(List.of());
    }

    private static PortPlan portPlan(PublishedPort port, InterfacePlan link) {
        String address = link.address().substring(0, link.address().indexOf('/'));
        return new PortPlan(
                port.protocol(), port.hostIp(), port.hostPort(), link.bridge().name(), address, port.containerPort());
    }

    private static @Nullable ResolverPlan resolver(List<Allocated> allocated, Optional<Allocated> exit) {
        List<Allocated> named = allocated.stream()
                .filter(one -> NamePush.hasNames(one.network()))
                .toList();
        if (named.isEmpty()) {
            return null;
        }
        Set<String> networks = new LinkedHashSet<>();
        exit.filter(named::contains).ifPresent(one -> networks.add(one.network().id));
        named.forEach(one -> networks.add(one.network().id));
        return new ResolverPlan(List.copyOf(networks), links(named), exit.isPresent());
    }

    /** {@code container:alias} or {@code container}. */
    private static Map<String, String> links(List<Allocated> named) {
        Map<String, String> links = new HashMap<>();
        for (Allocated one : named) {
            for (String link : one.endpoint().request.links()) {
                int colon = link.indexOf(':');
                String target = colon < 0 ? link : link.substring(0, colon);
                links.put(
                        colon < 0 ? target : link.substring(colon + 1),
                        target.startsWith("/") ? target.substring(1) : target);
            }
        }
        return links;
    }
}
