package io.caisson.metadata;

import io.caisson.kernel.Done;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Forgets events that are older than {@code caisson.events.keep}, once an hour. */
@ApplicationScoped
class EventRetention {
    private static final Logger LOG = Logger.getLogger(EventRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final String FORGET = "DELETE FROM events.event WHERE time_nano < $1";

    private final Vertx vertx;
    private final Pool pool;
    private final Duration keep;

    EventRetention(Vertx vertx, Pool pool, @ConfigProperty(name = "caisson.events.keep") Duration keep) {
        this.vertx = vertx;
        this.pool = pool;
        this.keep = keep;
    }

    void atStart(@Observes StartupEvent event) {
        vertx.setPeriodic(Duration.ofMinutes(1).toMillis(), EVERY.toMillis(), _ -> forget(Instant.now())
                .subscribe()
                .with(done -> {}, error -> LOG.warnf("Old events stay for now: %s", error.getMessage())));
    }

    Uni<Done> forget(Instant now) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(Event.nanos(now.minus(keep))))
                .replaceWith(Done.DONE);
    }
}
