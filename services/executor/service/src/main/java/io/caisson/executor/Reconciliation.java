package io.caisson.executor;

import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.MonitorReply;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.Places;
import io.caisson.executor.task.TaskFolder;
import io.caisson.executor.task.TaskRecord;
import io.caisson.kernel.ContainerId;
import io.caisson.linux.cgroup.Cgroups;
import io.caisson.network.api.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** At the executor's start: takes over what runs, records what has ended meanwhile, mends what was left half done. */
final class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final Places places;
    private final Host host;
    private final List<NetworkPlan> running = new ArrayList<>();
    private final Map<Task, MonitorConnection> adopted = new LinkedHashMap<>();
    private final Set<String> alive = new HashSet<>();

    Reconciliation(Places places, Host host) {
        this.places = places;
        this.host = host;
    }

    void run() throws IOException {
        Files.createDirectories(places.tasks());
        try (Stream<Path> folders = Files.list(places.tasks())) {
            for (Path folder : folders.toList()) {
                take(folder);
            }
        }
        takeRecordedEnds();
        host.network().adopt(running);
        adopted.forEach(host.follower()::follow); // not before: the end of one has to find what is published for it
        removeEmptyCgroups();
    }

    private void take(Path folder) {
        try {
            Path file = folder.resolve("task.json");
            if (Files.exists(file)) {
                take(TaskRecord.read(file));
            } else {
                LOG.infof("removing %s: no task began in it", folder);
                new TaskFolder(new ContainerId("-"), folder, folder).removeRun();
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "cannot take over the task in %s", folder);
        }
    }

    private void take(TaskRecord record) throws IOException {
        Task task = host.tasks().of(record.container());
        MonitorConnection connection;
        try {
            connection = MonitorConnection.open(task.folder().socket());
        } catch (IOException _) {
            ended(task, record);
            return;
        }
        connection.send("watch");
        switch (connection.next()) {
            case MonitorReply.Running(int pid) -> adopt(task, record, connection, pid);
            case MonitorReply.Created() -> withdraw(task, record, connection);
            case MonitorReply.Failed other -> end(connection, task, record);
            case MonitorReply.Exited other -> end(connection, task, record);
            case MonitorReply.Closed other -> takeAgain(connection, record);
        }
    }

    private void end(MonitorConnection connection, Task task, TaskRecord record) throws IOException {
        try (connection) {
            connection.awaitClosed();
        } catch (IOException e) {
            LOG.debugf(e, "the connection to the monitor of container %s ended early", record.container());
        }
        ended(task, record);
    }

    /** One of the monitor's processes was killed just now. */
    private void takeAgain(MonitorConnection connection, TaskRecord record) throws IOException {
        connection.close();
        take(record);
    }

    private void adopt(Task task, TaskRecord record, MonitorConnection connection, int pid) {
        task.adopt(record, new TaskState.Running(pid));
        running.add(record.network());
        alive.add(record.container().value());
        serveNames(record, pid);
        adopted.put(task, connection);
    }

    /** The last executor's sockets ended with it. */
    private void serveNames(TaskRecord record, int pid) {
        try {
            host.network().serveNames(record.network(), record.dns(), pid);
        } catch (RuntimeException e) {
            LOG.errorf(e, "container %s has no name server any more", record.container());
        }
    }

    /** The executor ended in the middle of a start: the caller never heard of it. */
    private void withdraw(Task task, TaskRecord record, MonitorConnection connection) throws IOException {
        LOG.infof("undoing the unfinished start of container %s", record.container());
        try (connection) {
            connection.send("quit");
            while (!(connection.next() instanceof MonitorReply.Closed)) {
                // until it has cleaned up
            }
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "a reply to quit");
        }
        host.network().disconnect(record.network());
        host.making().forget(task.folder());
        task.folder().removeRun();
        host.tasks().forget(task);
    }

    private void ended(Task task, TaskRecord record) throws IOException {
        Optional<Outcome> outcome = Outcome.read(task.folder().exitFile());
        task.adopt(record, new TaskState.Waiting());
        host.network().disconnect(record.network());
        host.follower().endUntold(task, outcome);
        LOG.infof("container %s ended while nobody looked: %s", record.container(), outcome);
    }

    /** Of tasks whose run folder went with the host's last run: nobody may have heard of their end. */
    private void takeRecordedEnds() throws IOException {
        Path containers = places.data().resolve("containers");
        if (!Files.isDirectory(containers)) {
            return;
        }
        try (Stream<Path> folders = Files.list(containers)) {
            for (Path folder : folders.toList()) {
                var container = new ContainerId(folder.getFileName().toString());
                if (host.tasks().find(container).isEmpty()) {
                    Optional<Outcome> outcome =
                            Outcome.read(places.folder(container).exitFile());
                    outcome.ifPresent(known -> host.tasks().ended(host.tasks().of(container), known));
                }
            }
        }
    }

    private void removeEmptyCgroups() {
        Cgroups cgroups = Cgroups.detect();
        String parent = places.cgroupParent();
        for (String child : cgroups.children(parent)) {
            if (!alive.contains(child) && cgroups.remove(parent + "/" + child)) {
                LOG.infof("removed the empty control group of %s", child);
            }
        }
    }
}
