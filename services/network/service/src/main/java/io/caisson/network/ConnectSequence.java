package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.ReconnectTask;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Transactions;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.ConnectContainer;
import io.caisson.network.api.DisconnectContainer;
import io.caisson.network.api.PublishedPort;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Changes the networks of a container that runs: tables first when one comes, the node first when one goes. */
@ApplicationScoped
class ConnectSequence {
    private final Transactions transactions;
    private final EndpointAllocation allocation;
    private final EndpointRelease release;
    private final PortReservation ports;
    private final NamePush names;
    private final NetworkPlanner planner;
    private final Executor executor;

    ConnectSequence(
            Transactions transactions,
            EndpointAllocation allocation,
            EndpointRelease release,
            PortReservation ports,
            NamePush names,
            NetworkSettings settings,
            Ports bus) {
        this.transactions = transactions;
        this.allocation = allocation;
        this.release = release;
        this.ports = ports;
        this.names = names;
        this.planner = new NetworkPlanner(settings.instance());
        this.executor = bus.client(Executor.class);
    }

    Uni<Attachment> connect(ConnectContainer command) {
        AttachContainer container = command.container();
        var undo = new Compensations();
        return undo.guard(transactions
                .inTransaction(session -> allocation.add(session, container, command.network(), command.request()))
                .invoke(all -> undo.push(() -> forget(all.getLast())))
                .call(all -> names.push(NamePush.idsOf(all)))
                .chain(all -> bound(container, all, command.ports())
                        .map(bound -> planner.attachment(container.container(), all, bound)))
                .call(after -> executor.reconnect(new ReconnectTask(container.node(), after.plan()))));
    }

    /** Ports stay as they are; those that nobody could reach before are bound now. */
    private Uni<List<PublishedPort>> bound(AttachContainer container, List<Allocated> all, List<PublishedPort> before) {
        return before.isEmpty()
                ? ports.reserve(container, all)
                : Uni.createFrom().item(before);
    }

    Uni<Attachment> disconnect(DisconnectContainer command) {
        AttachContainer container = command.container();
        return transactions
                .withSession(
                        session -> NetworkRows.find(session, command.network()).chain(network -> EndpointAllocation.of(
                                        session, container.container().value())
                                .map(all -> new Leaving(endpointOn(network, all, container), all))))
                .chain(leaving -> leave(container, leaving, command.ports()));
    }

    private record Leaving(Allocated endpoint, List<Allocated> all) {
        List<Allocated> rest() {
            List<Allocated> rest = new ArrayList<>(all);
            rest.remove(endpoint);
            return rest;
        }
    }

    private static Allocated endpointOn(NetworkRow network, List<Allocated> all, AttachContainer container) {
        return all.stream()
                .filter(one -> one.network().id.equals(network.id))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        Fault.Kind.INTERNAL,
                        "container " + container.container() + " is not connected to network " + network.name));
    }

    private Uni<Attachment> leave(AttachContainer container, Leaving leaving, List<PublishedPort> ports) {
        Attachment after = planner.attachment(container.container(), leaving.rest(), ports);
        return executor.reconnect(new ReconnectTask(container.node(), after.plan()))
                .chain(() -> forget(leaving.endpoint()))
                .replaceWith(after);
    }

    private Uni<Done> forget(Allocated endpoint) {
        return transactions
                .inTransaction(session -> EndpointAllocation.of(session, endpoint.endpoint().containerId)
                        .map(all -> all.stream()
                                .filter(one -> one.endpoint().id.equals(endpoint.endpoint().id))
                                .toList())
                        .call(one -> release.release(session, one)))
                .chain(gone -> names.push(NamePush.idsOf(gone)));
    }
}
