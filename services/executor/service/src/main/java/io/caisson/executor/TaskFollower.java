package io.caisson.executor;

import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.Monitors;
import io.caisson.executor.network.HostNetwork;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.TaskRecord;
import java.io.IOException;
import java.util.Map;
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
    private final Making making;
    private final Set<MonitorConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Task, MonitorConnection> followed = new ConcurrentHashMap<>();
    private volatile boolean closed;

    TaskFollower(Tasks tasks, HostNetwork network, Monitors monitors, Making making) {
        this.tasks = tasks;
        this.network = network;
        this.monitors = monitors;
        this.making = making;
    }

    /** Takes over the connection, on which the monitor has said that the container runs. */
    void follow(Task task, MonitorConnection connection) {
        connections.add(connection);
        followed.put(task, connection);
        Thread.ofVirtual().name("task-" + task.container()).start(() -> {
            try (connection) {
                followToEnd(task, connection);
            } catch (IOException | RuntimeException e) {
                LOG.errorf(e, "cannot follow container %s", task.container());
            } finally {
                connections.remove(connection);
                followed.remove(task, connection);
            }
        });
    }

    /** Whether its end would be noticed. */
    boolean follows(Task task) {
        return followed.containsKey(task);
    }

    private void followToEnd(Task task, MonitorConnection connection) throws IOException {
        Optional<Outcome> outcome = connection.awaitOutcome();
        if (closed) {
            return;
        }
        if (outcome.isPresent()) {
            end(task, outcome);
            awaitClose(connection);
        } else {
            endUntold(task, recorded(task));
        }
        task.cleanedUp();
    }

    /** There is no monitor any more, and nobody else deletes what is left of the container. */
    void endUntold(Task task, Optional<Outcome> outcome) throws IOException {
        Optional<TaskRecord> record = task.record();
        if (record.isPresent()) {
            monitors.deleteOrphan(task.container(), record.get().runtime());
            making.forget(task.folder());
        }
        end(task, outcome);
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
            unpublish(task, record.get());
        }
        if (outcome.isPresent()) {
            tasks.ended(task, outcome.get());
            return;
        }
        LOG.warnf("the monitor of container %s was killed: what is left of it is removed", task.container());
        if (record.isPresent()) {
            network.disconnect(record.get().network());
        }
        tasks.lost(task);
    }

    /** Whatever goes wrong with the host's rules: the end has to be told. What is left is mended later. */
    private void unpublish(Task task, TaskRecord record) {
        try {
            network.unpublish(record.network());
        } catch (RuntimeException e) {
            LOG.errorf(e, "the ports of container %s are still published", task.container());
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (MonitorConnection connection : connections) {
            connection.close();
        }
    }
}
