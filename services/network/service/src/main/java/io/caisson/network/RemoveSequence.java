package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.bus.upkeep.Mended;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.RemoveBridge;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Deletion;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.PruneNetworks;
import io.caisson.network.api.PrunedNetworks;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.EndpointRows;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Removes networks: out of sight first, then the bridge, then the row with its event. An interrupted removal is finished at
 * the next start.
 */
@ApplicationScoped
class RemoveSequence {
    private static final Logger LOG = Logger.getLogger(RemoveSequence.class);

    private final Transactions transactions;
    private final EventLog events;
    private final NamePush names;
    private final Executor executor;

    RemoveSequence(Transactions transactions, EventLog events, NamePush names, Ports ports) {
        this.transactions = transactions;
        this.events = events;
        this.names = names;
        this.executor = ports.client(Executor.class);
    }

    Uni<NetworkDetail> remove(FindNetwork command) {
        return hide(command.nameOrId()).chain(this::finish).map(row -> NetworkMapping.detail(row, List.of()));
    }

    private Uni<NetworkRow> hide(String nameOrId) {
        return transactions.inTransaction(
                session -> NetworkRows.lock(session, nameOrId).chain(network -> EndpointRows.on(session, network.id)
                        .invoke(endpoints -> check(network, endpoints))
                        .invoke(() -> network.removing = true)
                        .replaceWith(network)));
    }

    private static void check(NetworkRow network, List<EndpointRow> endpoints) {
        if (network.predefined) {
            throw new Fault(Fault.Kind.FORBIDDEN, network.name + " is a pre-defined network and cannot be removed");
        }
        if (!endpoints.isEmpty()) {
            throw new Fault(
                    Fault.Kind.FORBIDDEN,
                    "error while removing network: network " + network.name + " id " + network.id
                            + " has active endpoints");
        }
    }

    private Uni<NetworkRow> finish(NetworkRow network) {
        return removeBridge(network)
                .call(() -> names.remove(network.id))
                .onFailure()
                .call(() -> show(network))
                .call(() -> transactions.inTransaction(session -> forget(session, network)))
                .replaceWith(network);
    }

    private Uni<Done> removeBridge(NetworkRow network) {
        return network.bridge == null
                ? Uni.createFrom().item(Done.DONE)
                : executor.removeBridge(new RemoveBridge(new NodeId(network.node), network.bridge));
    }

    private Uni<Void> show(NetworkRow network) {
        return transactions.inTransaction(session -> session.find(NetworkRow.class, network.id)
                .invoke(row -> row.removing = false)
                .replaceWithVoid());
    }

    private Uni<Void> forget(Mutiny.Session session, NetworkRow network) {
        return session.find(NetworkRow.class, network.id)
                .chain(row -> row == null
                        ? Uni.createFrom().voidItem()
                        : Deletion.of(session, row)
                                .chain(() -> events.append(session, NetworkEvents.of("destroy", network))));
    }

    /** Those that are in use stay, and so do those that somebody begins to use meanwhile. */
    Uni<PrunedNetworks> prune(PruneNetworks command) {
        var chosen = NetworkFilter.ofPrune(command.filters());
        return transactions
                .withSession(session -> NetworkRows.all(session)
                        .chain(rows -> EndpointRows.all(session).map(endpoints -> rows.stream()
                                .filter(row -> !row.predefined)
                                .map(row -> NetworkMapping.detail(row, endpoints))
                                .filter(network -> network.endpoints().isEmpty())
                                .filter(network -> command.until() == null
                                        || network.created().isBefore(command.until()))
                                .filter(chosen)
                                .toList())))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::removeUnused)
                .collect()
                .asList()
                .map(PrunedNetworks::new);
    }

    private Uni<String> removeUnused(NetworkDetail network) {
        return remove(new FindNetwork(network.id().value()))
                .map(NetworkDetail::name)
                .onFailure(Fault.class)
                .recoverWithUni(error -> {
                    LOG.warnf("network %s is not pruned: %s", network.name(), error.getMessage());
                    return Uni.createFrom().nullItem();
                });
    }

    /** Goes on with those of the removals under way that are among {@code forgotten}; answers all that are under way. */
    Uni<Set<String>> finishForgotten(Set<String> forgotten) {
        return transactions
                .withSession(NetworkRows::leftovers)
                .call(rows -> Multi.createFrom()
                        .iterable(rows)
                        .filter(row -> forgotten.contains(row.id))
                        .invoke(row -> Mended.note("network", "unfinished removal", row.id))
                        .onItem()
                        .transformToUniAndConcatenate(this::finish)
                        .collect()
                        .asList())
                .map(rows -> rows.stream().map(row -> row.id).collect(Collectors.toUnmodifiableSet()));
    }

    /** Goes on with removals that were interrupted. */
    Uni<Void> finishLeftovers() {
        return transactions
                .withSession(NetworkRows::leftovers)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::finish)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
