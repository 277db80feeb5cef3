package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.kernel.Done;
import io.caisson.metadata.Transactions;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.ConnectContainer;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.DisconnectContainer;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.ListNames;
import io.caisson.network.api.ListNetworks;
import io.caisson.network.api.NameTables;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.NetworkList;
import io.caisson.network.api.Networks;
import io.caisson.network.api.PruneNetworks;
import io.caisson.network.api.PrunedNetworks;
import io.caisson.network.api.RenameEndpoints;
import io.caisson.network.store.EndpointRows;
import io.caisson.network.store.NetworkRows;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The port {@link Networks}, offered on the bus. */
@ApplicationScoped
class NetworkService implements Networks {
    private final Transactions transactions;
    private final AttachSequence attach;
    private final DetachSequence detach;
    private final ConnectSequence connect;
    private final CreateSequence create;
    private final RemoveSequence remove;
    private final NamePush names;

    NetworkService(
            Transactions transactions,
            AttachSequence attach,
            DetachSequence detach,
            ConnectSequence connect,
            CreateSequence create,
            RemoveSequence remove,
            NamePush names) {
        this.transactions = transactions;
        this.attach = attach;
        this.detach = detach;
        this.connect = connect;
        this.create = create;
        this.remove = remove;
        this.names = names;
    }

    void atStart(@Observes StartupEvent event, Ports ports) {
        ports.serve(Networks.class, this);
    }

    @Override
    public Uni<Attachment> attach(AttachContainer command) {
        return attach.attach(command);
    }

    @Override
    public Uni<Done> detach(DetachContainer command) {
        return detach.detach(command);
    }

    @Override
    public Uni<NetworkList> list(ListNetworks query) {
        var filter = NetworkFilter.of(query.filters());
        return transactions.withSession(session -> NetworkRows.all(session).chain(rows -> EndpointRows.all(session)
                .map(endpoints -> new NetworkList(rows.stream()
                        .map(row -> NetworkMapping.detail(row, endpoints))
                        .filter(filter)
                        .toList()))));
    }

    @Override
    public Uni<NetworkDetail> inspect(FindNetwork query) {
        return transactions.withSession(
                session -> NetworkRows.find(session, query.nameOrId()).chain(row -> EndpointRows.on(session, row.id)
                        .map(endpoints -> NetworkMapping.detail(row, endpoints))));
    }

    @Override
    public Uni<NetworkDetail> create(CreateNetwork command) {
        return create.create(command);
    }

    @Override
    public Uni<NetworkDetail> remove(FindNetwork command) {
        return remove.remove(command);
    }

    @Override
    public Uni<PrunedNetworks> prune(PruneNetworks command) {
        return remove.prune(command);
    }

    @Override
    public Uni<Attachment> connect(ConnectContainer command) {
        return connect.connect(command);
    }

    @Override
    public Uni<Attachment> disconnect(DisconnectContainer command) {
        return connect.disconnect(command);
    }

    @Override
    public Uni<Done> rename(RenameEndpoints command) {
        return transactions
                .inTransaction(session -> EndpointAllocation.of(
                                session, command.container().value())
                        .invoke(all -> all.forEach(one -> one.endpoint().containerName = command.name()))
                        .call(all -> NetworkRows.renewNames(session, NamePush.idsOf(all))))
                .chain(all -> names.push(NamePush.idsOf(all)));
    }

    @Override
    public Uni<NameTables> names(ListNames query) {
        return names.all().map(NameTables::new);
    }
}
