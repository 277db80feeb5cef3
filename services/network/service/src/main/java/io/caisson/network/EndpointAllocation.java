package io.caisson.network;

import io.caisson.kernel.Ids;
import io.caisson.metadata.EventLog;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.ipam.AddressPlanner;
import io.caisson.network.ipam.Ipv4;
import io.caisson.network.ipam.Subnet;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Writes an endpoint with an address of its own: one container at a time per network. */
@ApplicationScoped
class EndpointAllocation {
    private final EventLog events;

    EndpointAllocation(EventLog events) {
        this.events = events;
    }

    /** A network and the container's endpoint on it. */
    record Allocated(NetworkRow network, EndpointRow endpoint) {}

    /** The container's endpoint on a network: the one it has, or a new one. */
    Uni<Allocated> allocate(Mutiny.Session session, AttachContainer command, String nameOrId) {
        return NetworkRows.lock(session, nameOrId).chain(network -> NetworkRows.endpointsOn(session, network.id)
                .chain(endpoints -> reuseOrMake(session, command, network, endpoints)));
    }

    private Uni<Allocated> reuseOrMake(
            Mutiny.Session session, AttachContainer command, NetworkRow network, List<EndpointRow> endpoints) {
        for (EndpointRow endpoint : endpoints) {
            if (endpoint.containerId.equals(command.container().value())) {
                return Uni.createFrom().item(new Allocated(network, endpoint));
            }
        }
        EndpointRow endpoint = plan(command, network, endpoints);
        return session.persist(endpoint)
                .chain(() -> events.append(
                        session,
                        NetworkEvents.of("connect", network, command.container().value())))
                .replaceWith(new Allocated(network, endpoint));
    }

    private static EndpointRow plan(AttachContainer command, NetworkRow network, List<EndpointRow> others) {
        EndpointRequest request = requestFor(command, network);
        var row = new EndpointRow();
        row.id = Ids.hex64();
        row.networkId = network.id;
        row.node = command.node().value();
        row.containerId = command.container().value();
        row.containerName = command.name();
        row.request = request;
        row.created = Instant.now();
        if (network.subnet != null && network.gateway != null) {
            Subnet subnet = Subnet.parse(network.subnet);
            Subnet range = network.ipRange == null ? subnet : Subnet.parse(network.ipRange);
            long address = AddressPlanner.choose(
                    subnet, range, Ipv4.parse(network.gateway), taken(others), request.ipv4Address());
            row.address = address;
            row.macAddress = macOf(command, request, address);
        }
        return row;
    }

    private static EndpointRequest requestFor(AttachContainer command, NetworkRow network) {
        EndpointRequest byName = command.requests().get(network.name);
        EndpointRequest byId = command.requests().get(network.id);
        EndpointRequest byAlias =
                network.name.equals("bridge") ? command.requests().get("default") : null;
        return first(byName, byId, byAlias);
    }

    private static EndpointRequest first(@Nullable EndpointRequest... requests) {
        for (EndpointRequest request : requests) {
            if (request != null) {
                return request;
            }
        }
        return EndpointRequest.none();
    }

    private static String macOf(AttachContainer command, EndpointRequest request, long address) {
        String wanted = request.macAddress() == null ? command.macAddress() : request.macAddress();
        return wanted == null || wanted.isEmpty() ? AddressPlanner.macOf(address) : wanted;
    }

    private static Set<Long> taken(List<EndpointRow> endpoints) {
        Set<Long> taken = new HashSet<>();
        endpoints.forEach(endpoint -> {
            if (endpoint.address != null) {
                taken.add(endpoint.address);
            }
        });
        return taken;
    }
}
