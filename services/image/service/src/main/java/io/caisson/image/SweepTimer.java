package io.caisson.image;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Sweeps leftover layers from time to time: of failed pulls, and of removals that a crash cut short. */
@ApplicationScoped
class SweepTimer {
    private static final Logger LOG = Logger.getLogger(SweepTimer.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMinutes(15);

    private final Vertx vertx;
    private final LayerSweep sweep;
    private final Duration age;
    private long timer;

    SweepTimer(Vertx vertx, LayerSweep sweep, @ConfigProperty(name = "caisson.image.leftovers") Duration age) {
        this.vertx = vertx;
        this.sweep = sweep;
        this.age = age;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(FIRST.toMillis(), EVERY.toMillis(), _ -> sweep());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void sweep() {
        var _ = sweep.sweepOlderThan(age)
                .subscribe()
                .with(
                        count -> LOG.debugf("%d leftover layers deleted", count),
                        error -> LOG.warnf("leftover layers: %s", error.getMessage()));
    }
}
