package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.ReservePorts;
import io.caisson.executor.api.ReservedPorts;
import io.caisson.kernel.Fault;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.PublishRequest;
import io.caisson.network.api.PublishedPort;
import io.caisson.network.store.NetworkRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Host ports of a container, where there is a way to it. */
@ApplicationScoped
class PortReservation {
    private static final String HOST_BINDING = "com.docker.network.bridge.host_binding_ipv4";

    private final Executor executor;

    PortReservation(Ports ports) {
        this.executor = ports.client(Executor.class);
    }

    Uni<List<PublishedPort>> reserve(AttachContainer command, List<Allocated> allocated) {
        var exit = NetworkPlanner.exit(allocated);
        if (command.publish().isEmpty() || exit.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<PublishRequest> requests = command.publish().stream()
                .map(request -> bound(request, exit.get().network()))
                .toList();
        return executor.reservePorts(new ReservePorts(command.node(), command.container(), requests))
                .map(ReservedPorts::ports)
                .onFailure(Fault.class)
                .transform(t -> fault(command, exit.get(), t));
    }

    /** Where a network publishes what does not say where. */
    private static PublishRequest bound(PublishRequest request, NetworkRow network) {
        String address = network.options.getOrDefault(HOST_BINDING, "0.0.0.0");
        boolean anywhere = request.hostIp() == null || request.hostIp().isEmpty();
        return anywhere && !address.equals("0.0.0.0")
                ? new PublishRequest(
                        request.protocol(),
                        request.containerPort(),
                        address,
                        request.hostPortFirst(),
                        request.hostPortLast())
                : request;
    }

    private static Fault fault(AttachContainer command, Allocated exit, Throwable error) {
        Fault fault = Fault.of(error);
        return new Fault(
                fault.kind(),
                "failed to set up container networking: driver failed programming external connectivity on endpoint "
                        + command.name() + " (" + exit.endpoint().id + "): " + fault.message(),
                fault);
    }
}
