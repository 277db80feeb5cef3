package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.api.UpdateTask;
import io.caisson.kernel.Fault;
import io.caisson.linux.process.Command;
import io.caisson.linux.process.Processes;
import io.caisson.linux.process.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes limits of a running container by its runtime, which knows every layout of control groups. Blocks. */
final class UpdateSequence {
    private final Tasks tasks;
    private final Path runtimeRoot;
    private final UpdateTask command;

    UpdateSequence(Tasks tasks, Path runtimeRoot, UpdateTask command) {
        this.tasks = tasks;
        this.runtimeRoot = runtimeRoot;
        this.command = command;
    }

    void run() throws IOException {
        Task task = tasks.find(command.container())
                .filter(found -> found.state() instanceof TaskState.Running)
                .orElseThrow(() -> HostExecutor.notRunning(command.container()));
        Path file = Files.createTempFile(task.folder().run(), "resources", ".json");
        try {
            Files.write(file, WireJson.mapper().writeValueAsBytes(command.resources()));
            check(Processes.run(runtime(task, file)));
        } finally {
            Files.deleteIfExists(file);
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
