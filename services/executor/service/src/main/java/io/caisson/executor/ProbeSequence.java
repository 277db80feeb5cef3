package io.caisson.executor;

import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.api.ProbeResult;
import io.caisson.executor.api.RunProbe;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Adds a process to a running container, waits for its end or its time, and leaves nothing of it. Blocks. */
final class ProbeSequence {
    private static final Logger LOG = Logger.getLogger(ProbeSequence.class);
    private static final String KILL = "kill 9";
    /** For the kernel to end a killed process; one in a frozen container does not end. */
    private static final Duration DYING = Duration.ofSeconds(3);

    private final Host host;
    private final RunProbe probe;
    private final Exec exec;

    ProbeSequence(Host host, RunProbe probe) {
        this.host = host;
        this.probe = probe;
        this.exec = host.execs().of(probe.start().container(), probe.start().exec());
    }

    ProbeResult run() throws IOException {
        Instant begin = Instant.now();
        try (var output = ProbeOutput.open(exec.dial(), probe.outputLimit())) {
            var _ = new ExecStartSequence(host, probe.start(), true).run();
            boolean ended = awaitEnd();
            output.awaitEnd(DYING);
            int code = exec.status() instanceof ExecStatus.Ended(int exit, Instant _) ? exit : -1;
            return new ProbeResult(begin, Instant.now(), code, !ended, output.text(), output.truncated());
        } finally {
            forget();
        }
    }

    /** False when its time was over. */
    private boolean awaitEnd() throws IOException {
        boolean ended;
        try {
            ended = exec.awaitEnd(Duration.ofMillis(probe.timeoutMillis()));
        } catch (Fault cancelled) {
            kill();
            throw cancelled;
        }
        if (!ended) {
            kill();
            var _ = exec.awaitEnd(DYING);
        }
        return ended;
    }

    private void kill() {
        try {
            var _ = MonitorConnection.ask(exec.folder().socket(), KILL);
        } catch (IOException e) {
            LOG.debugf(e, "probe %s ended by itself", exec.id());
        }
    }

    /** One that has not ended yet is forgotten when it does. */
    private void forget() throws IOException {
        exec.orphan();
        if (!exec.isActive()) {
            host.execs().drop(exec);
        }
    }
}
