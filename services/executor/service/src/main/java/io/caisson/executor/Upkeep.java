package io.caisson.executor;

import io.caisson.bus.upkeep.Mended;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.MonitorReply;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.Places;
import io.caisson.kernel.ContainerId;
import io.caisson.linux.cgroup.Cgroups;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * While the executor works: what is said to run really runs, and what nobody needs any more is not there. Blocks. Safe beside
 * commands.
 */
final class Upkeep {
    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final String SERVICE = "executor";

    private final Places places;
    private final Host host;
    /** Control groups that were empty and unknown the last time. */
    private Set<String> suspects = Set.of();

    Upkeep(Places places, Host host) {
        this.places = places;
        this.host = host;
    }

    void run() {
        host.tasks().running().forEach(task -> check(task.container()));
        if (host.network().mend()) {
            Mended.note(SERVICE, "packet filter or bridge", places.instance());
        }
        host.tasks().running().forEach(this::mendLinks);
        removeStrayCgroups();
    }

    private void mendLinks(Task task) {
        task.network().lock();
        try {
            boolean mended = task.state() instanceof TaskState.Running
                    && task.record()
                            .filter(record -> host.network().mend(record.network()))
                            .isPresent();
            if (mended) {
                Mended.note(SERVICE, "link of a container", task.container().value());
            }
        } finally {
            task.network().unlock();
        }
    }

    /** A task that is said to run although nobody listens to its monitor: it is listened to again, or has ended. */
    void check(ContainerId container) {
        host.tasks()
                .find(container)
                .filter(task -> task.state() instanceof TaskState.Running)
                .filter(task -> !host.follower().follows(task))
                .ifPresent(this::lookAt);
    }

    private void lookAt(Task task) {
        try {
            MonitorConnection connection = MonitorConnection.open(task.folder().socket());
            connection.send("watch");
            switch (connection.next()) {
                case MonitorReply.Running _ -> {
                    host.follower().follow(task, connection);
                    return;
                }
                case MonitorReply.Closed() -> {
                    connection.close();
                    return; // one of its processes was killed just now: the next look tells
                }
                case MonitorReply.Created() -> connection.close();
                case MonitorReply.Failed _ -> connection.awaitClosed();
                case MonitorReply.Exited _ -> connection.awaitClosed();
            }
            connection.close();
        } catch (IOException e) {
            LOG.debugf("the monitor of %s is gone: %s", task.container(), e.getMessage());
        }
        end(task);
    }

    private void end(Task task) {
        try {
            host.follower().endUntold(task, Outcome.read(task.folder().exitFile()));
            task.cleanedUp();
            Mended.note(SERVICE, "task without a monitor", task.container().value());
        } catch (IOException | RuntimeException e) {
            LOG.warnf("container %s cannot be cleaned up yet: %s", task.container(), e.getMessage());
        }
    }

    /** Seen twice: a start makes its control group before anybody can tell. */
    private synchronized void removeStrayCgroups() {
        Cgroups cgroups = Cgroups.detect();
        String parent = places.cgroupParent();
        Set<String> strays = new HashSet<>(cgroups.children(parent));
        strays.removeIf(name ->
                host.tasks().find(new ContainerId(name)).filter(Task::isActive).isPresent());
        for (String name : strays) {
            if (suspects.contains(name) && cgroups.remove(parent + "/" + name)) {
                Mended.note(SERVICE, "empty control group", name);
            }
        }
        suspects = strays;
    }
}
