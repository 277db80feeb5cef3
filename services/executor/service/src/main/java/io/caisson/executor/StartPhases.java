package io.caisson.executor;

import io.caisson.bus.metrics.Timers;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Offload;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/** How long a start's phases took, for the metrics and the log. */
final class StartPhases {
    private static final Logger LOG = Logger.getLogger(StartPhases.class);
    private static final long MICROS = 1000;

    private final ContainerId container;
    private final long begin = System.nanoTime();
    private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

    StartPhases(ContainerId container) {
        this.container = container;
    }

    Offload.Blocking timed(String phase, Offload.Blocking work) {
        return () -> {
            long from = System.nanoTime();
            work.run();
            done(phase, from);
        };
    }

    <T> Callable<T> timedCall(String phase, Callable<T> work) {
        return () -> {
            long from = System.nanoTime();
            T result = work.call();
            done(phase, from);
            return result;
        };
    }

    private void done(String phase, long from) {
        Timers.since(from, Timers.START_PHASE, "phase", phase);
        done.add(phase + " " + (from - begin) / MICROS + "-" + (System.nanoTime() - begin) / MICROS);
    }

    void log() {
        LOG.debugf("started %s, microseconds: %s", container, done);
    }
}
