package io.caisson.executor;

import io.caisson.executor.api.TaskProcesses;
import io.caisson.executor.host.Freezer;
import io.caisson.executor.host.ProcessTable;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.linux.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What can be done with the processes of a running container: with all of them by its control group. Blocks. */
final class TaskControl {
    private final Tasks tasks;

    TaskControl(Tasks tasks) {
        this.tasks = tasks;
    }

    void signal(ContainerId container, int signal) {
        Optional<Task> running = tasks.find(container).filter(Task::isActive);
        if (running.isEmpty() || !signal(running.get(), signal)) {
            throw HostExecutor.notRunning(container);
        }
    }

    private static boolean signal(Task task, int signal) {
        try {
            return MonitorConnection.ask(task.folder().socket(), "kill " + signal)
                    .equals("ok");
        } catch (IOException _) {
            return false; // the monitor has ended, and the container before it
        }
    }

    void freeze(ContainerId container) throws IOException {
        change(container, Freezer::freeze);
    }

    void thaw(ContainerId container) throws IOException {
        change(container, Freezer::thaw);
    }

    private interface Step {
        void on(Freezer freezer) throws IOException;
    }

    /** A control group goes with the last process in it. */
    private void change(ContainerId container, Step step) throws IOException {
        try {
            step.on(Freezer.of(Cgroups.detect().layout(), group(container)));
        } catch (NoSuchFileException e) {
            throw new Fault(
                    Fault.Kind.CONFLICT, HostExecutor.notRunning(container).message(), e);
        }
    }

    TaskProcesses processes(ContainerId container, List<String> psArgs) throws IOException {
        Set<Long> pids = new TreeSet<>();
        collect(Cgroups.detect(), group(container), pids);
        return ProcessTable.of(psArgs, pids);
    }

    private static void collect(Cgroups cgroups, String group, Set<Long> pids) {
        pids.addAll(cgroups.processes(group));
        cgroups.children(group).forEach(child -> collect(cgroups, group + "/" + child, pids));
    }

    private String group(ContainerId container) throws IOException {
        return tasks.find(container)
                .filter(found -> found.state() instanceof TaskState.Running)
                .orElseThrow(() -> HostExecutor.notRunning(container))
                .group();
    }
}
