package io.caisson.bus.metrics;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * How long things take. Names are lower case with dots ({@code caisson.start.phase} is {@code
 * caisson_start_phase_seconds} to Prometheus); tags are pairs of key and value, and each must have few values. In a process
 * that keeps no metrics all of this does nothing.
 */
public final class Timers {
    /** The phases of a container's start: tag {@code phase}. */
    public static final String START_PHASE = "caisson.start.phase";

    /** Requests until their answer begins: tags {@code method}, {@code route}, {@code status}. */
    public static final String API_REQUEST = "caisson.api.request";

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1)
    };

    private Timers() {}

    /** @param begin of {@link System#nanoTime} */
    public static void since(long begin, String name, String... tags) {
        Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(BOUNDS)
                .register(Metrics.globalRegistry)
                .record(Duration.ofNanos(System.nanoTime() - begin));
    }

    /** The same work, timed from each subscription to its result; failures are not counted. */
    public static <T> Uni<T> timed(Uni<T> work, String name, String... tags) {
        return Uni.createFrom().deferred(() -> {
            long begin = System.nanoTime();
            return work.invoke(() -> since(begin, name, tags));
        });
    }
}
