package io.caisson.network;

import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.metadata.EventLog;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.ipam.AddressPlanner;
import io.caisson.network.ipam.Ipv4;
import io.caisson.network.ipam.Subnet;
import io.caisson.network.store.EndpointAddress;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.EndpointRows;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes endpoints with addresses of their own: one container at a time per network. */
@ApplicationScoped
class EndpointAllocation {
    private final EventLog events;

    EndpointAllocation(EventLog events) {
        this.events = events;
    }

    /** A network and the container's endpoint on it. */
    record Allocated(NetworkRow network, EndpointRow endpoint) {}

    /** The container's endpoints on these networks: those it has, or new ones. */
    Uni<List<Allocated>> allocate(Mutiny.Session session, AttachContainer command, Collection<String> networks) {
        List<Allocated> done = new ArrayList<>();
        return NetworkRows.lockAll(session, networks)
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(network ->
                                allocate(session, command, network, done).invoke(done::add))
                        .collect()
                        .asList())
                .call(all -> NetworkRows.renewNames(session, NamePush.idsOf(all)));
    }

    private Uni<Allocated> allocate(
            Mutiny.Session session, AttachContainer command, NetworkRow network, List<Allocated> done) {
        return EndpointRows.addresses(session, network.id)
                .chain(others -> others.stream().anyMatch(other -> isOf(command, other))
                        ? EndpointRows.of(session, command.container().value(), network.id)
                                .map(present -> new Allocated(network, present))
                        : persist(
                                session,
                                network,
                                plan(
                                        command,
                                        EndpointRules.requestFor(command, network),
                                        network,
                                        others,
                                        names(done))));
    }

    /** One more for a container that runs: all it has then. FORBIDDEN when it is on that network already. */
    Uni<List<Allocated>> add(
            Mutiny.Session session, AttachContainer command, String nameOrId, EndpointRequest request) {
        return NetworkRows.lock(session, nameOrId)
                .chain(network -> EndpointRows.addresses(session, network.id)
                        .chain(others -> of(session, command.container().value())
                                .chain(present -> {
                                    refuseSecond(command, network, others);
                                    EndpointRow row = plan(command, request, network, others, names(present));
                                    return persist(session, network, row).map(added -> with(present, added));
                                })))
                .call(all -> NetworkRows.renewNames(session, NamePush.idsOf(List.of(all.getLast()))));
    }

    private static void refuseSecond(AttachContainer command, NetworkRow network, List<EndpointAddress> others) {
        if (others.stream().anyMatch(other -> isOf(command, other))) {
            throw new Fault(
                    Fault.Kind.FORBIDDEN,
                    "endpoint with name " + command.name() + " already exists in network " + network.name);
        }
    }

    private static List<Allocated> with(List<Allocated> present, Allocated added) {
        List<Allocated> all = new ArrayList<>(present);
        all.add(added);
        return all;
    }

    /** All endpoints of a container, oldest first. */
    static Uni<List<Allocated>> of(Mutiny.Session session, String containerId) {
        return EndpointRows.of(session, containerId).chain(endpoints -> NetworkRows.byIds(
                        session,
                        endpoints.stream().map(endpoint -> endpoint.networkId).toList())
                .map(networks -> endpoints.stream()
                        .map(endpoint -> new Allocated(networkOf(endpoint, networks), endpoint))
                        .toList()));
    }

    private static NetworkRow networkOf(EndpointRow endpoint, List<NetworkRow> networks) {
        return networks.stream()
                .filter(network -> network.id.equals(endpoint.networkId))
                .findFirst()
                .orElseThrow(() -> Fault.notFound("network " + endpoint.networkId + " not found"));
    }

    private Uni<Allocated> persist(Mutiny.Session session, NetworkRow network, EndpointRow endpoint) {
        return session.persist(endpoint)
                .chain(() -> events.append(session, NetworkEvents.of("connect", network, endpoint.containerId)))
                .replaceWith(new Allocated(network, endpoint));
    }

    private static boolean isOf(AttachContainer command, EndpointAddress endpoint) {
        return endpoint.containerId().equals(command.container().value());
    }

    private static EndpointRow plan(
            AttachContainer command,
            EndpointRequest request,
            NetworkRow network,
            List<EndpointAddress> others,
            Set<String> interfaces) {
        EndpointRules.check(network, request);
        var row = new EndpointRow();
        row.id = Ids.hex64();
        row.networkId = network.id;
        row.node = command.node().value();
        row.containerId = command.container().value();
        row.containerName = command.name();
        row.hostname = command.hostname();
        row.request = request;
        row.created = Instant.now();
        if (network.subnet != null && network.gateway != null) {
            Subnet subnet = Subnet.parse(network.subnet);
            Subnet range = network.ipRange == null ? subnet : Subnet.parse(network.ipRange);
            long address = AddressPlanner.choose(
                    subnet, range, Ipv4.parse(network.gateway), taken(network, others), request.ipv4Address());
            row.address = address;
            row.macAddress = macOf(command, request, address);
            row.interfaceName = InterfaceNames.choose(network, request, interfaces);
        }
        return row;
    }

    private static String macOf(AttachContainer command, EndpointRequest request, long address) {
        String wanted = request.macAddress() == null ? command.macAddress() : request.macAddress();
        return wanted == null || wanted.isEmpty() ? AddressPlanner.macOf(address) : wanted;
    }

    private static Set<Long> taken(NetworkRow network, List<EndpointAddress> endpoints) {
        Set<Long> taken = new HashSet<>();
        network.auxiliary.values().forEach(address -> taken.add(Ipv4.parse(address)));
        endpoints.forEach(endpoint -> {
            if (endpoint.address() != null) {
                taken.add(endpoint.address());
            }
        });
        return taken;
    }

    private static Set<String> names(List<Allocated> allocated) {
        Set<String> names = new HashSet<>();
        allocated.forEach(one -> {
            if (one.endpoint().interfaceName != null) {
                names.add(one.endpoint().interfaceName);
            }
        });
        return names;
    }
}
