package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.Done;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Transactions;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.DetachContainer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Detaches a container: host ports first, so that an address is free only when nothing leads to it; names last, for those
 * who are still there.
 */
@ApplicationScoped
class DetachSequence {
    private static final Logger LOG = Logger.getLogger(DetachSequence.class);

    private final Transactions transactions;
    private final EndpointRelease release;
    private final NamePush names;
    private final Executor executor;

    DetachSequence(Transactions transactions, EndpointRelease release, NamePush names, Ports ports) {
        this.transactions = transactions;
        this.release = release;
        this.names = names;
        this.executor = ports.client(Executor.class);
    }

    Uni<Done> detach(DetachContainer command) {
        String container = command.container().value();
        return transactions
                .withSession(session -> EndpointAllocation.of(session, container))
                .chain(endpoints -> endpoints.isEmpty()
                        ? Uni.createFrom().item(Done.DONE)
                        : releasePorts(command, endpoints)
                                .chain(() -> release(container, endpoints))
                                .chain(this::pushNames));
    }

    /** An endpoint on a network without names goes in one statement. */
    private Uni<List<Allocated>> release(String container, List<Allocated> endpoints) {
        return endpoints.size() == 1 && NamePush.idsOf(endpoints).isEmpty()
                ? release.release(endpoints.getFirst()).replaceWith(endpoints)
                : transactions.inTransaction(session ->
                        EndpointAllocation.of(session, container).call(all -> release.release(session, all)));
    }

    private Uni<Done> releasePorts(DetachContainer command, List<Allocated> endpoints) {
        return executor.releasePorts(
                new TaskRef(new NodeId(endpoints.getFirst().endpoint().node), command.container()));
    }

    /** The container is gone, whether or not its node hears of it now: it asks when it comes back. */
    private Uni<Done> pushNames(List<Allocated> released) {
        return names.push(NamePush.idsOf(released)).onFailure().recoverWithItem(error -> {
            LOG.warnf("the node was not told that names have gone: %s", error.getMessage());
            return Done.DONE;
        });
    }
}
