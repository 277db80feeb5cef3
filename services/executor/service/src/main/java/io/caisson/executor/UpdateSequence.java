package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.api.UpdateTask;
import io.caisson.kernel.Fault;
import io.caisson.linux.process.Command;
import io.caisson.linux.process.Processes;
import io.caisson.linux.process.Result;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Changes limits of a running container by the runtime that made it; by ourselves where none did. Blocks. */
final class UpdateSequence {
    private final Host host;
    private final Path runtimeRoot;
    private final UpdateTask command;

    UpdateSequence(Host host, Path runtimeRoot, UpdateTask command) {
        this.host = host;
        this.runtimeRoot = runtimeRoot;
        this.command = command;
    }

    void run() throws IOException {
        Task task = host.tasks()
                .find(command.container())
                .filter(found -> found.state() instanceof TaskState.Running)
                .orElseThrow(() -> HostExecutor.notRunning(command.container()));
        if (host.making().hasMade(command.container())) {
            update(task);
            return;
        }
        Path file = Files.createTempFile(task.folder().run(), "resources", ".json");
        try {
            Files.write(file, WireJson.mapper().writeValueAsBytes(command.resources()));
            check(Processes.run(runtime(task, file)));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void update(Task task) throws IOException {
        RuntimeSpec own = WireJson.mapper().readValue(task.folder().config().toFile(), RuntimeSpec.class);
        try {
            host.making().groups().update(Objects.requireNonNull(own.linux().cgroupsPath()), command.resources());
        } catch (IOException e) {
            throw Fault.internal(Objects.requireNonNullElse(e.getMessage(), "cannot update"), e);
        }
    }

    private Command runtime(Task task, Path file) {
        return Command.of(
                task.record().orElseThrow().runtime(),
                "--root",
                runtimeRoot.toString(),
                "update",
                "--resources",
                file.toString(),
                command.container().value());
    }

    private static void check(Result result) {
        if (!result.succeeded()) {
            String words = result.error().strip();
            int message = words.indexOf("msg=");
            throw Fault.internal(message < 0 ? words : words.substring(message + "msg=".length()), null);
        }
    }
}
