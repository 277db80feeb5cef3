package io.caisson.executor;

import io.caisson.kernel.ExecId;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** How long the phases of an added process's start took, for the log. For one thread. */
final class ExecPhases {
    private static final Logger LOG = Logger.getLogger(ExecPhases.class);
    private static final long MICROS = 1000;

    private final ExecId exec;
    private final long begin = System.nanoTime();
    private final List<String> done = new ArrayList<>();

    ExecPhases(ExecId exec) {
        this.exec = exec;
    }

    /** Of all that since the start. */
    void done(String phase) {
        done.add(phase + " " + (System.nanoTime() - begin) / MICROS);
    }

    void log() {
        LOG.debugf("started exec %s, microseconds: %s", exec, done);
    }
}
