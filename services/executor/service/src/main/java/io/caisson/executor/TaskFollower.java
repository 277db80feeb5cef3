package io.caisson.executor;

import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.Monitors;
import io.caisson.executor.network.HostNetwork;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.TaskRecord;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Listens to each running task's monitor, on a virtual thread of its own, until the monitor has cleaned up. */
final class TaskFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TaskFollower.class);

    private final Tasks tasks;
    private final HostNetwork network;
    private final Monitors monitors;
    private final Set<MonitorConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    TaskFollower(Tasks tasks, HostNetwork network, Monitors monitors) {
        this.tasks = tasks;
        this.network = network;
        this.monitors = monitors;
    }

    /** Takes over the connection, on which the monitor has said that the container runs. */
    void follow(Task task, MonitorConnection connection) {
        connections.add(connection);
        Thread.ofVirtual().name("task-" + task.container()).start(() -> {
            try (connection) {
                followToEnd(task, connection);
            } catch (IOException | RuntimeException e) {
                LOG.errorf(e, "cannot follow container %s", task.container());
            } finally {
                connections.remove(connection);
            }
        });
    }

    private void followToEnd(Task task, MonitorConnection connection) throws IOException {
        Optional<Outcome> outcome = connection.awaitOutcome();
        if (closed) {
            return;
        }
        boolean cleaned = outcome.isEmpty();
        end(task, outcome.or(() -> recorded(task)));
        if (!cleaned) {
            awaitClose(connection);
        }
        task.cleanedUp();
    }

    private static void awaitClose(MonitorConnection connection) {
        try {
            connection.awaitClosed();
        } catch (IOException e) {
            LOG.debugf(e, "monitor's connection ended early");
        }
    }

    private static Optional<Outcome> recorded(Task task) {
        try {
            return Outcome.read(task.folder().exitFile());
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "cannot read how container %s ended", task.container());
            return Optional.empty();
        }
    }

    /** Ports are free before anybody hears of the end: a restart takes them again. */
    void end(Task task, Optional<Outcome> outcome) throws IOException {
        task.network().lock();
        try {
            endUndisturbed(task, outcome);
        } finally {
            task.network().unlock();
        }
    }

    private void endUndisturbed(Task task, Optional<Outcome> outcome) throws IOException {
        Optional<TaskRecord> record = task.record();
        if (record.isPresent()) {
            network.unpublish(record.get().network());
        }
        if (outcome.isPresent()) {
            tasks.ended(task, outcome.get());
            return;
        }
        LOG.warnf("the monitor of container %s was killed: what is left of it is removed", task.container());
        if (record.isPresent()) {
            monitors.deleteOrphan(task.container(), record.get().runtime());
            network.disconnect(record.get().network());
        }
        tasks.lost(task);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (MonitorConnection connection : connections) {
            connection.close();
        }
    }
}
