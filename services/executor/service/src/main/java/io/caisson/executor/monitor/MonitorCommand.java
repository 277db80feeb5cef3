package io.caisson.executor.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;
import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.TaskStreams;
import io.caisson.executor.task.ExecFolder;
import io.caisson.executor.task.TaskFolder;
import io.caisson.kernel.Fault;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The command line of a container's monitor: what {@code services/executor/monitor/README.md} asks for. */
final class MonitorCommand {
    private static final String LISTENING_FD = "3";

    private final List<String> words = new ArrayList<>();

    private MonitorCommand(Path monitor) {
        words.add(monitor.toString());
    }

    /** @param state where a monitor that makes the container by itself writes down what it made; empty for one that may not */
    static List<String> of(
            Path monitor, Path runtimeRoot, String runtime, StartTask task, TaskFolder folder, Optional<Path> state) {
        var command = new MonitorCommand(monitor);
        state.ifPresent(file -> {
            command.option("--make", folder.plan());
            command.option("--state", file);
        });
        command.places(folder, runtimeRoot, runtime);
        command.streams(task.streams());
        command.log(task, folder);
        command.namespaces(task, folder);
        return command.words;
    }

    /** Of a process that is added to a running container. */
    static List<String> of(
            Path monitor,
            Path runtimeRoot,
            String runtime,
            StartExec exec,
            ExecFolder folder,
            Optional<Path> entry,
            boolean made) {
        var command = new MonitorCommand(monitor);
        command.option("--id", exec.container());
        command.option("--exec-process", folder.process());
        command.option("--socket", folder.socket());
        command.option("--listen-fd", LISTENING_FD);
        command.option("--pid-file", folder.pidFile());
        command.option("--monitor-pid-file", folder.monitorPidFile());
        command.option("--exit-file", folder.exitFile());
        command.option("--runtime", runtime);
        command.option("--runtime-root", runtimeRoot);
        entry.ifPresent(path -> command.option("--enter", path));
        command.flag("--only-enter", made);
        command.streams(exec.streams());
        return command.words;
    }

    private void places(TaskFolder folder, Path runtimeRoot, String runtime) {
        option("--id", folder.container());
        option("--bundle", folder.run());
        option("--socket", folder.socket());
        option("--listen-fd", LISTENING_FD);
        option("--pid-file", folder.pidFile());
        option("--monitor-pid-file", folder.monitorPidFile());
        option("--exit-file", folder.exitFile());
        option("--runtime", runtime);
        option("--runtime-root", runtimeRoot);
    }

    private void streams(TaskStreams streams) {
        flag("--tty", streams.terminal());
        flag("--stdin-open", streams.openStdin());
        flag("--stdin-once", streams.stdinOnce());
    }

    private void log(StartTask task, TaskFolder folder) {
        if (task.log().driver().equals("none")) {
            return;
        }
        boolean records = task.log().driver().equals("local");
        option("--log", records ? folder.localLog() : folder.log());
        option("--log-format", records ? "records" : "json");
        flag("--log-compress", task.log().compress());
        if (!task.log().attributes().isEmpty()) {
            option("--log-attrs", attributes(task));
        }
        option("--log-max-files", Math.max(1, task.log().maxFiles()));
        if (task.log().maxSizeBytes() > 0) {
            option("--log-max-size", task.log().maxSizeBytes());
        }
    }

    private static String attributes(StartTask task) {
        try {
            return WireJson.mapper().writeValueAsString(task.log().attributes());
        } catch (JsonProcessingException e) {
            throw Fault.internal("log attributes", e);
        }
    }

    private void namespaces(StartTask task, TaskFolder folder) {
        flag("--new-netns", task.network().sandbox() instanceof Sandbox.Private);
        String cgroup = task.spec().linux().cgroupsPath();
        if (cgroup != null) {
            option("--cgroup", cgroup);
        }
        if (task.rootfs().type().equals("overlay")) {
            option("--rootfs-overlay", String.join(",", task.rootfs().options()));
            option("--rootfs", folder.rootfs());
        }
        sharedMemory(task);
        task.spec().mounts().stream()
                .filter(mount ->
                        mount.options().contains("shared") || mount.options().contains("rshared"))
                .forEach(mount -> option("--shared-mount", mount.source()));
    }

    /** Who joins another container's IPC namespace sees its /dev/shm too: a mount that only the other has. */
    private void sharedMemory(StartTask task) {
        boolean wanted =
                task.spec().mounts().stream().anyMatch(mount -> mount.source().equals("/dev/shm"));
        if (wanted) {
            task.spec().linux().namespaces().stream()
                    .filter(namespace -> namespace.type().equals("ipc"))
                    .map(RuntimeSpec.Namespace::path)
                    .filter(Objects::nonNull)
                    .forEach(path -> option("--shared-memory-of", path.replace("/ns/ipc", "/ns/mnt")));
        }
    }

    private void option(String name, Object value) {
        words.add(name);
        words.add(value.toString());
    }

    private void flag(String name, boolean set) {
        if (set) {
            words.add(name);
        }
    }
}
