package io.caisson.executor;

import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.Places;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The processes that were added to containers of this node, and those who listen to their monitors. */
final class Execs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Execs.class);
    private static final int UNKNOWN_END = 255;
    private static final long END_SECONDS = 5;

    private final Places places;
    private final Tasks tasks;
    private final Map<ExecId, Exec> execs = new ConcurrentHashMap<>();
    private final Set<MonitorConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Execs(Places places, Tasks tasks) {
        this.places = places;
        this.tasks = tasks;
    }

    /** One that waits for its start when there was none. */
    Exec of(ContainerId container, ExecId id) {
        return execs.computeIfAbsent(id, _ -> new Exec(container, id, places.folder(id)));
    }

    ExecStatus status(ExecId id) throws IOException {
        Exec exec = execs.get(id);
        return exec == null ? new ExecStatus.Unknown() : exec.status();
    }

    /** Takes over the connection, on which the monitor has said that the process runs. */
    void follow(Exec exec, MonitorConnection connection) {
        connections.add(connection);
        Thread.ofVirtual().name("exec-" + exec.id()).start(() -> {
            try (connection) {
                Optional<Outcome> outcome = connection.awaitOutcome();
                if (!closed) {
                    end(exec, outcome);
                }
            } catch (IOException | RuntimeException e) {
                LOG.errorf(e, "cannot follow exec %s", exec.id());
            } finally {
                connections.remove(connection);
            }
        });
    }

    /** Whose monitor said nothing may have left it in its exit file. */
    void end(Exec exec, Optional<Outcome> told) throws IOException {
        Optional<Outcome> outcome =
                told.isPresent() ? told : Outcome.read(exec.folder().exitFile());
        tasks.ended(exec, outcome.orElseGet(() -> new Outcome(UNKNOWN_END, false, Instant.now())));
        if (exec.isOrphan()) {
            drop(exec);
        }
    }

    void forget(ExecId id) throws IOException {
        Exec exec = execs.get(id);
        if (exec == null) {
            return;
        }
        if (exec.isActive()) {
            throw Fault.conflict("exec " + id + " is running");
        }
        drop(exec);
    }

    /** The start did not happen, or all is over. */
    void drop(Exec exec) throws IOException {
        exec.abandon();
        exec.folder().remove();
        execs.remove(exec.id(), exec);
    }

    /** Of a container that does not run: what it added has ended with it, or is about to. */
    void purge(ContainerId container) throws IOException {
        List<Exec> all = execs.values().stream()
                .filter(exec -> exec.container().equals(container))
                .toList();
        for (Exec exec : all) {
            if (exec.isActive() && !exec.awaitEnd(END_SECONDS)) {
                LOG.warnf("exec %s does not end with its container %s", exec.id(), container);
            } else {
                drop(exec);
            }
        }
    }

    /** Processes and their monitors go on. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (MonitorConnection connection : connections) {
            connection.close();
        }
    }
}
