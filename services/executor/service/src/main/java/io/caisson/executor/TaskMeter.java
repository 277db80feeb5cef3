package io.caisson.executor;

import io.caisson.executor.api.TaskUsage;
import io.caisson.executor.host.UsageMeter;
import io.caisson.executor.task.TaskRecord;
import io.caisson.kernel.ContainerId;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.NetworkPlan.Sandbox;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What running containers use now. Blocks briefly. */
final class TaskMeter {
    private final Tasks tasks;
    private @Nullable UsageMeter meter;

    TaskMeter(Tasks tasks) {
        this.tasks = tasks;
    }

    TaskUsage usage(ContainerId container) throws IOException {
        Task task = tasks.find(container).orElseThrow(() -> HostExecutor.notRunning(container));
        if (!(task.state() instanceof TaskState.Running(int pid))) {
            throw HostExecutor.notRunning(container);
        }
        Predicate<String> wanted = task.record()
                .map(TaskRecord::network)
                .map(TaskMeter::interfaces)
                .orElse(_ -> false);
        try {
            return meter().read(task.group(), pid, wanted);
        } catch (NoSuchFileException e) {
            throw HostExecutor.notRunning(container);
        }
    }

    /** The layout of control groups does not change while a host runs. */
    private synchronized UsageMeter meter() throws IOException {
        if (meter == null) {
            meter = UsageMeter.open();
        }
        return meter;
    }

    private static Predicate<String> interfaces(NetworkPlan plan) {
        Set<String> names =
                plan.interfaces().stream().map(InterfacePlan::containerName).collect(Collectors.toSet());
        return switch (plan.sandbox()) {
            case Sandbox.Private() -> names::contains;
            case Sandbox.Host() -> _ -> false;
            case Sandbox.Joined _ -> name -> name.matches("eth\\d+");
        };
    }
}
