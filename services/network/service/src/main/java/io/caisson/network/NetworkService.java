package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Transactions;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.ListNetworks;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.NetworkList;
import io.caisson.network.api.Networks;
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

    NetworkService(Transactions transactions, AttachSequence attach, DetachSequence detach) {
        this.transactions = transactions;
        this.attach = attach;
        this.detach = detach;
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
        return transactions.withSession(session -> NetworkRows.all(session).chain(rows -> NetworkRows.endpoints(session)
                .map(endpoints -> new NetworkList(rows.stream()
                        .map(row -> NetworkMapping.detail(row, endpoints))
                        .filter(filter)
                        .toList()))));
    }

    @Override
    public Uni<NetworkDetail> inspect(FindNetwork query) {
        return transactions.withSession(session -> NetworkRows.find(session, query.nameOrId())
                .chain(row -> NetworkRows.endpointsOn(session, row.id)
                        .map(endpoints -> NetworkMapping.detail(row, endpoints))));
    }

    @Override
    public Uni<NetworkDetail> create(CreateNetwork command) {
        return Uni.createFrom().failure(Fault.unsupported("creating networks is not implemented"));
    }

    @Override
    public Uni<NetworkDetail> remove(FindNetwork command) {
        return Uni.createFrom().failure(Fault.unsupported("removing networks is not implemented"));
    }
}
