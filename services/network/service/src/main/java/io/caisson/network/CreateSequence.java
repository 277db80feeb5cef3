package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.EnsureBridges;
import io.caisson.executor.api.Executor;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.Offload;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.ipam.HostRoutes;
import io.caisson.network.ipam.Subnet;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes a network: the row decides about name and subnet, then the bridge is made. */
@ApplicationScoped
class CreateSequence {
    private final Offload offload = new Offload("routes", 4);
    private final Transactions transactions;
    private final EventLog events;
    private final RemoveSequence remove;
    private final NetworkDesign design;
    private final Executor executor;

    CreateSequence(
            Transactions transactions, EventLog events, RemoveSequence remove, NetworkSettings settings, Ports ports) {
        this.transactions = transactions;
        this.events = events;
        this.remove = remove;
        this.design = new NetworkDesign(settings);
        this.executor = ports.client(Executor.class);
    }

    Uni<NetworkDetail> create(CreateNetwork command) {
        CreateRules.check(command);
        var undo = new Compensations();
        return undo.guard(offload.call(HostRoutes::read)
                .chain(routes -> write(command, routes))
                .invoke(row -> undo.push(() -> remove.remove(new FindNetwork(row.id))))
                .call(this::makeBridge)
                .map(row -> NetworkMapping.detail(row, List.of())));
    }

    private Uni<NetworkRow> write(CreateNetwork command, List<Subnet> routes) {
        return transactions.inTransaction(session -> NetworkRows.allForCreate(session)
                .map(others -> design.plan(command, others, routes))
                .call(session::persist)
                .call(row -> events.append(session, NetworkEvents.of("create", row))));
    }

    private Uni<Done> makeBridge(NetworkRow row) {
        var bridge = NetworkMapping.bridge(row);
        if (bridge == null) {
            throw Fault.internal("network " + row.name + " has no bridge", null);
        }
        return executor.ensureBridges(new EnsureBridges(new NodeId(row.node), List.of(bridge)));
    }

    @PreDestroy
    void close() {
        offload.close();
    }
}
