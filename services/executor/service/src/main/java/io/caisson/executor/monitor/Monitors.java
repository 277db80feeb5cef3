package io.caisson.executor.monitor;

import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.task.ExecFolder;
import io.caisson.executor.task.Places;
import io.caisson.executor.task.TaskFolder;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Launches monitors, and cleans up where one was killed. Blocks. */
public final class Monitors {
    private final Path program;
    private final Path runtimeRoot;
    private Optional<SealedProgram> sealed = Optional.empty();
    private boolean sealing;

    public Monitors(Path program, Places places) {
        this.program = program;
        this.runtimeRoot = places.runtimeRoot();
    }

    /**
     * Returns when the monitor is ready: its namespaces made, the root file system mounted, accepting on the socket.
     *
     * @return its pid
     */
    public int launch(StartTask task, String runtime, TaskFolder folder, ListeningSocket socket) throws IOException {
        Files.createDirectories(folder.rootfs());
        Files.createDirectories(folder.data());
        Files.createDirectories(runtimeRoot);
        List<String> command = MonitorCommand.of(program, runtimeRoot, runtime, task, folder);
        launch(command, socket);
        return Integer.parseInt(Files.readString(folder.monitorPidFile()).strip());
    }

    /**
     * The same for a process that is added to a running container.
     *
     * @param entry how to enter it; empty for the runtime's way
     */
    public void launch(StartExec exec, String runtime, ExecFolder folder, Optional<Path> entry, ListeningSocket socket)
            throws IOException {
        Path started = entry.isPresent() ? sealed() : program;
        launch(MonitorCommand.of(started, runtimeRoot, runtime, exec, folder, entry), socket);
    }

    /** It can be seen by the container that it enters; without such a copy it makes one itself. */
    private synchronized Path sealed() throws IOException {
        if (!sealing) {
            sealing = true;
            sealed = SealedProgram.of(program);
        }
        return sealed.map(SealedProgram::path).orElse(program);
    }

    private static void launch(List<String> command, ListeningSocket socket) throws IOException {
        Spawn.Ended launcher = Spawn.run(command, socket.fd());
        if (launcher.code() != 0) {
            throw Fault.internal("failed to create task for container: " + launcher.output(), null);
        }
    }

    /** Kills what is left of a container whose monitor is gone, and makes the runtime forget it. */
    public void deleteOrphan(ContainerId container, String runtime) throws IOException {
        if (Files.exists(runtimeRoot.resolve(container.value()))) {
            List<String> command =
                    List.of(runtime, "--root", runtimeRoot.toString(), "delete", "--force", container.value());
            var _ = Spawn.run(command, null);
        }
    }
}
