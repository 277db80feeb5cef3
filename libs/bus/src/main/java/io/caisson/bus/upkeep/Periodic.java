package io.caisson.bus.upkeep;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Work that is done again and again, never twice at a time. A failure is logged and tried again at the next time; a run that
 * does not end is given up.
 */
public final class Periodic implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Periodic.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final String name;
    private final Supplier<? extends Uni<?>> work;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final long timer;

    private Periodic(Vertx vertx, String name, Duration every, Supplier<? extends Uni<?>> work) {
        this.vertx = vertx;
        this.name = name;
        this.work = work;
        this.timer = every.isZero() ? -1 : vertx.setPeriodic(Math.max(1, every.toMillis()), _ -> run());
    }

    /** The first time after {@code every}; zero is never. */
    public static Periodic start(Vertx vertx, String name, Duration every, Supplier<? extends Uni<?>> work) {
        return new Periodic(vertx, name, every, work);
    }

    private void run() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        var _ = Uni.createFrom()
                .deferred(() -> work.get().replaceWithVoid())
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onTermination()
                .invoke(() -> busy.set(false))
                .subscribe()
                .with(_ -> LOG.tracef("%s: done", name), error -> LOG.warnf("%s: %s", name, error.getMessage()));
    }

    @Override
    public void close() {
        if (timer >= 0) {
            var _ = vertx.cancelTimer(timer);
        }
    }
}
