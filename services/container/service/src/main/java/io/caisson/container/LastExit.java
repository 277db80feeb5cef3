package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventFeed;
import io.caisson.metadata.EventQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** How a container ended that has been removed since: the event log still knows. */
@ApplicationScoped
class LastExit {
    private static final long SECOND = 1_000_000_000L;

    private final EventFeed feed;

    LastExit(EventFeed feed) {
        this.feed = feed;
    }

    /** The code of the last recorded end, or the one seen when there is none. */
    Uni<Integer> of(Container seen) {
        long from = seen.definition().created().getEpochSecond() * SECOND;
        Instant now = Instant.now();
        long until = now.getEpochSecond() * SECOND + now.getNano();
        return feed.follow(EventQuery.between(from, until))
                .filter(event -> event.type().equals("container")
                        && event.action().equals("die")
                        && event.actorId().equals(seen.id().value()))
                .collect()
                .last()
                .map(event -> event == null ? seen.lifecycle().shown().exitCode() : code(event));
    }

    private static int code(Event event) {
        return Integer.parseInt(event.attributes().getOrDefault("exitCode", "0"));
    }
}
