package io.caisson.executor;

import io.caisson.kernel.ContainerId;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/** How long a start's phases took, for the log. */
final class StartPhases {
    private static final Logger LOG = Logger.getLogger(StartPhases.class);
    private static final long MICROS = 1000;

    private final ContainerId container;
    private final long begin = System.nanoTime();
    private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

    StartPhases(ContainerId container) {
        this.container = container;
    }

    void done(String phase) {
        done.add(phase + " " + (System.nanoTime() - begin) / MICROS);
    }

    void log() {
        LOG.debugf("started %s, microseconds: %s", container, done);
    }
}
