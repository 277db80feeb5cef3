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
    private final Places places;
    private Optional<SealedProgram> sealed = Optional.empty();
    private boolean sealing;

    public Monitors(Path program, Places places) {
        this.program = program;
        this.places = places;
    }

    /**
     * Returns when the monitor is ready: its namespaces made, the root file system mounted, accepting on the socket.
     *
     * @param making that the monitor may find a plan for the container, and makes it without the runtime then
     * @return its pid
     */
    public int launch(StartTask task, String runtime, TaskFolder folder, boolean making, ListeningSocket socket)
            throws IOException {
        Files.createDirectories(folder.rootfs());
        Files.createDirectories(folder.data());
        Files.createDirectories(places.runtimeRoot());
        Optional<Path> state = making ? Optional.of(places.state(task.container())) : Optional.empty();
        Path started = making ? sealed() : program;
        launch(started, MonitorCommand.of(program, places.runtimeRoot(), runtime, task, folder, state), socket);
        return Integer.parseInt(Files.readString(folder.monitorPidFile()).strip());
    }

    /**
     * The same for a process that is added to a running container.
     *
     * @param entry how to enter it; empty for the runtime's way
     * @param made that no runtime knows the container
     */
    public void launch(
            StartExec exec,
            String runtime,
            ExecFolder folder,
            Optional<Path> entry,
            boolean made,
            ListeningSocket socket)
            throws IOException {
        Path started = entry.isPresent() ? sealed() : program;
        Path root = made ? places.stateRoot() : places.runtimeRoot();
        launch(started, MonitorCommand.of(program, root, runtime, exec, folder, entry, made), socket);
    }

    /** It can be seen by the container that it enters; without such a copy it makes one itself. */
    private synchronized Path sealed() throws IOException {
        if (!sealing) {
            sealing = true;
            sealed = SealedProgram.of(program);
        }
        return sealed.map(SealedProgram::path).orElse(program);
    }

    private static void launch(Path started, List<String> command, ListeningSocket socket) throws IOException {
        Spawn.Ended launcher = Spawn.run(started.toString(), command, socket.fd());
        if (launcher.code() != 0) {
            throw Fault.internal("failed to create task for container: " + launcher.output(), null);
        }
    }

    /** Kills what is left of a container whose monitor is gone, and makes the runtime forget it. */
    public void deleteOrphan(ContainerId container, String runtime) throws IOException {
        Path root = places.runtimeRoot();
        if (Files.exists(root.resolve(container.value()))) {
            List<String> command = List.of(runtime, "--root", root.toString(), "delete", "--force", container.value());
            var _ = Spawn.run(runtime, command, null);
        }
    }
}
