package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.SetNames;
import io.caisson.kernel.Done;
import io.caisson.metadata.Transactions;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.NameTable;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.EndpointRows;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Tells the executor who can be found by which name.
 *
 * <p>Whoever changes endpoints of a user-defined network raises its version in the same transaction and pushes afterwards.
 * Pushes may overtake each other: a table is never older than its version says, and the highest version stays.
 */
@ApplicationScoped
class NamePush {
    private final Transactions transactions;
    private final NetworkSettings settings;
    private final Executor executor;

    NamePush(Transactions transactions, NetworkSettings settings, Ports ports) {
        this.transactions = transactions;
        this.settings = settings;
        this.executor = ports.client(Executor.class);
    }

    static boolean hasNames(NetworkRow network) {
        return !network.predefined && network.subnet != null;
    }

    /** The networks among them whose names change with their endpoints. */
    static Set<String> idsOf(List<Allocated> allocated) {
        return allocated.stream()
                .map(Allocated::network)
                .filter(NamePush::hasNames)
                .map(network -> network.id)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    Uni<Done> push(Collection<String> networks) {
        return networks.isEmpty()
                ? Uni.createFrom().item(Done.DONE)
                : transactions
                        .withSession(session -> tables(session, networks))
                        .chain(tables -> executor.setNames(new SetNames(settings.node(), tables, List.of())));
    }

    Uni<Done> remove(String network) {
        return executor.setNames(new SetNames(settings.node(), List.of(), List.of(network)));
    }

    Uni<List<NameTable>> all() {
        return transactions.withSession(session -> NetworkRows.all(session)
                .chain(rows -> tables(
                        session,
                        rows.stream()
                                .filter(NamePush::hasNames)
                                .map(row -> row.id)
                                .toList())));
    }

    /** Versions are read before endpoints, so that a table is at least as new as its version. */
    private static Uni<List<NameTable>> tables(Mutiny.Session session, Collection<String> networks) {
        return NetworkRows.byIds(session, networks).chain(rows -> EndpointRows.onAny(session, networks)
                .map(endpoints ->
                        rows.stream().map(row -> table(row, endpoints)).toList()));
    }

    private static NameTable table(NetworkRow network, List<EndpointRow> endpoints) {
        return new NameTable(
                network.id,
                network.name,
                network.namesVersion,
                endpoints.stream()
                        .filter(endpoint -> endpoint.networkId.equals(network.id))
                        .map(endpoint -> new NameTable.Entry(
                                NetworkMapping.addressOf(endpoint), NetworkMapping.dnsNames(endpoint)))
                        .toList());
    }
}
