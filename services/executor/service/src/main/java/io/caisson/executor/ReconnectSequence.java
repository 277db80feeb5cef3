package io.caisson.executor;

import io.caisson.executor.task.TaskRecord;
import io.caisson.network.api.NetworkPlan;
import java.io.IOException;

/** Changes the network of a container that runs: links, ports, names, generated files, and the record for later. Blocks. */
final class ReconnectSequence {
    private final Host host;

    ReconnectSequence(Host host) {
        this.host = host;
    }

    void run(NetworkPlan after) throws IOException {
        Task task = host.tasks().find(after.container()).orElseThrow(() -> HostExecutor.notRunning(after.container()));
        task.network().lock();
        try {
            if (!(task.state() instanceof TaskState.Running(int pid))) {
                throw HostExecutor.notRunning(after.container());
            }
            change(task, task.record().orElseThrow(), after, pid);
        } finally {
            task.network().unlock();
        }
    }

    private void change(Task task, TaskRecord before, NetworkPlan after, int pid) throws IOException {
        host.network().reconnect(before.network(), after, pid);
        host.network().serveNames(after, before.dns(), pid);
        host.hostNames().rewrite(task.folder(), before.network(), after, before.files());
        TaskRecord record = before.reconnected(after);
        task.reconnected(record);
        record.write(task.folder().record());
    }
}
