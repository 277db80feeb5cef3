package io.caisson.executor.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of one process that was added to a container. They go with the host's run. */
public record ExecFolder(Path run) {
    public Path socket() {
        return run.resolve("monitor.sock");
    }

    /** The runtime's description of the process. */
    public Path process() {
        return run.resolve("process.json");
    }

    /** How to enter the container without the runtime. */
    public Path entry() {
        return run.resolve("entry");
    }

    /** An {@link ExecRecord}. */
    public Path record() {
        return run.resolve("exec.json");
    }

    public Path pidFile() {
        return run.resolve("pid");
    }

    public Path monitorPidFile() {
        return run.resolve("monitor.pid");
    }

    public Path exitFile() {
        return run.resolve("exit");
    }

    public void remove() throws IOException {
        if (!Files.isDirectory(run)) {
            return;
        }
        try (Stream<Path> entries = Files.list(run)) {
            for (Path entry : entries.toList()) {
                Files.deleteIfExists(entry);
            }
        }
        Files.deleteIfExists(run);
    }
}
