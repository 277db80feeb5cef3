package io.caisson.metadata;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the readers of the event log in every process that there is something new. A nudge may get lost: readers also look
 * from time to time.
 */
@ApplicationScoped
class EventNudges {
    private static final String ADDRESS = "events.nudge";
    private static final String NOTHING = "";

    private final Vertx vertx;
    private final AtomicLong count = new AtomicLong();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    EventNudges(Vertx vertx) {
        this.vertx = vertx;
    }

    @PostConstruct
    void listen() {
        EventBus bus = vertx.eventBus();
        bus.<String>consumer(ADDRESS, _ -> wake());
    }

    void send() {
        var _ = vertx.eventBus().publish(ADDRESS, NOTHING, new DeliveryOptions());
    }

    /** A number to hand to {@link #after} later: read it before looking at the log. */
    long seen() {
        return count.get();
    }

    /** Completes when there was a nudge since {@code seen}, at the latest after {@code patience}. */
    Uni<Void> after(long seen, Duration patience) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable wake = () -> emitter.complete(null);
            waiting.add(wake);
            long timer = vertx.setTimer(Math.max(1, patience.toMillis()), _ -> wake.run());
            emitter.onTermination(() -> {
                waiting.remove(wake);
                vertx.cancelTimer(timer);
            });
            if (count.get() != seen) {
                wake.run();
            }
        });
    }

    private void wake() {
        count.incrementAndGet();
        waiting.forEach(Runnable::run);
    }
}
