package io.caisson.network;

import io.caisson.metadata.Deletion;
import io.caisson.metadata.EventLog;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes endpoints out of the tables. */
@ApplicationScoped
class EndpointRelease {
    private final EventLog events;

    EndpointRelease(EventLog events) {
        this.events = events;
    }

    Uni<Void> release(Mutiny.Session session, List<Allocated> endpoints) {
        return Multi.createFrom()
                .iterable(endpoints)
                .onItem()
                .transformToUniAndConcatenate(one -> release(session, one))
                .collect()
                .last()
                .chain(() -> NetworkRows.renewNames(session, NamePush.idsOf(endpoints)))
                .replaceWithVoid();
    }

    private Uni<Void> release(Mutiny.Session session, Allocated one) {
        return Deletion.of(session, one.endpoint())
                .chain(() -> events.append(
                        session, NetworkEvents.of("disconnect", one.network(), one.endpoint().containerId)));
    }
}
