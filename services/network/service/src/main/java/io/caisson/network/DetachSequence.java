package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.Done;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Detaches a container: host ports first, so that an address is free only when nothing leads to it. */
@ApplicationScoped
class DetachSequence {
    private final Transactions transactions;
    private final EventLog events;
    private final Executor executor;

    DetachSequence(Transactions transactions, EventLog events, Ports ports) {
        this.transactions = transactions;
        this.events = events;
        this.executor = ports.client(Executor.class);
    }

    Uni<Done> detach(DetachContainer command) {
        return transactions
                .withSession(session ->
                        NetworkRows.endpointsOf(session, command.container().value()))
                .chain(endpoints -> endpoints.isEmpty()
                        ? Uni.createFrom().item(Done.DONE)
                        : releasePorts(command, endpoints).chain(() -> forget(command)));
    }

    private Uni<Done> releasePorts(DetachContainer command, List<EndpointRow> endpoints) {
        return executor.releasePorts(new TaskRef(new NodeId(endpoints.getFirst().node), command.container()));
    }

    private Uni<Done> forget(DetachContainer command) {
        return transactions.inTransaction(
                session -> NetworkRows.endpointsOf(session, command.container().value())
                        .chain(endpoints -> Multi.createFrom()
                                .iterable(endpoints)
                                .onItem()
                                .transformToUniAndConcatenate(endpoint -> forget(session, endpoint))
                                .collect()
                                .last()
                                .replaceWith(Done.DONE)));
    }

    private Uni<Void> forget(Mutiny.Session session, EndpointRow endpoint) {
        return session.find(NetworkRow.class, endpoint.networkId)
                .call(_ -> session.remove(endpoint))
                .chain(network ->
                        events.append(session, NetworkEvents.of("disconnect", network, endpoint.containerId)));
    }
}
