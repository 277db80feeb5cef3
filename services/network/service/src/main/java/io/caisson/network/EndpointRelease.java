package io.caisson.network;

import io.caisson.metadata.Deletion;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.RowShape;
import io.caisson.metadata.Statements;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.NetworkRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes endpoints out of the tables. */
@ApplicationScoped
class EndpointRelease {
    private static final RowShape<EndpointRow> SHAPE = RowShape.of(EndpointRow.class);

    private final EventLog events;
    private final Statements statements;

    EndpointRelease(EventLog events, Statements statements) {
        this.events = events;
        this.statements = statements;
    }

    /** One, on a network that keeps no table of names. */
    Uni<Boolean> release(Allocated one) {
        return statements.delete(SHAPE, one.endpoint().id, List.of(event(one)));
    }

    private static Event event(Allocated one) {
        return NetworkEvents.of("disconnect", one.network(), one.endpoint().containerId);
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
        return Deletion.of(session, one.endpoint()).chain(() -> events.append(session, event(one)));
    }
}
