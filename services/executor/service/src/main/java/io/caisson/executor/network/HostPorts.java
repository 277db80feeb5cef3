package io.caisson.executor.network;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.network.api.NetworkPlan.PortPlan;
import io.caisson.network.api.PublishRequest;
import io.caisson.network.api.PublishedPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The host's ports that containers are published on, each held by a socket so that nobody else takes it.
 *
 * <p>IPv4 only: an address of IPv6 is UNSUPPORTED, and all addresses means all of IPv4. SCTP ports are only kept apart among
 * containers. Blocks shortly.
 */
public final class HostPorts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostPorts.class);
    private static final String EVERYWHERE = "0.0.0.0";

    private final EphemeralPorts ephemeral = new EphemeralPorts();
    private final Map<ContainerId, Holding> holdings = new HashMap<>();

    private record Holding(List<PublishRequest> requests, List<PublishedPort> ports, List<PortHold> holds) {}

    /** All or none; the same request for the same container again answers what it holds. */
    public synchronized List<PublishedPort> reserve(ContainerId container, List<PublishRequest> requests) {
        Holding held = holdings.get(container);
        if (held != null && held.requests().equals(requests)) {
            return held.ports();
        }
        release(container);
        var ports = new ArrayList<PublishedPort>();
        var holds = new ArrayList<PortHold>();
        try {
            for (PublishRequest request : requests) {
                PortHold hold = hold(request);
                holds.add(hold);
                ports.add(new PublishedPort(request.protocol(), request.containerPort(), hold.address(), hold.port()));
            }
        } catch (RuntimeException e) {
            holds.forEach(PortHold::close);
            throw e;
        }
        holdings.put(container, new Holding(List.copyOf(requests), List.copyOf(ports), holds));
        return List.copyOf(ports);
    }

    private PortHold hold(PublishRequest request) {
        String address = addressOf(request.hostIp());
        String protocol = request.protocol();
        if (request.hostPortFirst() == 0) {
            return ephemeral
                    .firstOf(port -> take(protocol, address, port))
                    .orElseThrow(() -> Fault.internal("all ports are allocated", null));
        }
        for (int port = request.hostPortFirst(); port <= request.hostPortLast(); port++) {
            Optional<PortHold> hold = take(protocol, address, port);
            if (hold.isPresent()) {
                return hold.get();
            }
        }
        throw taken(address, request.hostPortFirst());
    }

    private static String addressOf(@org.jspecify.annotations.Nullable String hostIp) {
        if (hostIp == null || hostIp.isEmpty()) {
            return EVERYWHERE;
        }
        if (hostIp.indexOf(':') >= 0) {
            throw Fault.unsupported("publishing a port on the IPv6 address " + hostIp + " is not implemented");
        }
        return hostIp;
    }

    private Optional<PortHold> take(String protocol, String address, int port) {
        boolean ours = holdings.values().stream()
                .flatMap(holding -> holding.holds().stream())
                .anyMatch(hold -> hold.clashes(protocol, address, port));
        return ours ? Optional.empty() : PortHold.take(protocol, address, port);
    }

    private static Fault taken(String address, int port) {
        return Fault.internal("Bind for " + address + ":" + port + " failed: port is already allocated", null);
    }

    /** Holds what a plan names and the container does not hold yet, as after a restart of the executor. */
    public synchronized void hold(ContainerId container, List<PortPlan> plans) {
        Holding held =
                holdings.computeIfAbsent(container, _ -> new Holding(List.of(), new ArrayList<>(), new ArrayList<>()));
        for (PortPlan plan : plans) {
            String address = addressOf(plan.hostIp());
            if (held.holds().stream().anyMatch(hold -> hold.is(plan.protocol(), address, plan.hostPort()))) {
                continue;
            }
            held.holds()
                    .add(take(plan.protocol(), address, plan.hostPort())
                            .orElseThrow(() -> taken(address, plan.hostPort())));
        }
    }

    /** The same for a container that runs already: its port works by the packet filter even where it cannot be held. */
    public void holdAgain(ContainerId container, List<PortPlan> plans) {
        for (PortPlan plan : plans) {
            try {
                hold(container, List.of(plan));
            } catch (Fault e) {
                LOG.warnf("a published port of %s cannot be held: %s", container, e.getMessage());
            }
        }
    }

    /** Done already is fine. */
    public synchronized void release(ContainerId container) {
        Holding held = holdings.remove(container);
        if (held != null) {
            held.holds().forEach(PortHold::close);
        }
    }

    @Override
    public synchronized void close() {
        List.copyOf(holdings.keySet()).forEach(this::release);
    }
}
