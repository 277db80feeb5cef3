package io.caisson.executor.task;

import io.caisson.kernel.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The files of one container on the host.
 *
 * @param run the OCI bundle and the monitor's files; gone after a release
 * @param data log, generated files and how it ended; gone after a purge
 */
public record TaskFolder(ContainerId container, Path run, Path data) {
    /** Deletes {@link #run} and how the task ended. Nothing is mounted there: a folder with content is a defect and stays. */
    public void removeRun() throws IOException {
        Files.deleteIfExists(exitFile());
        remove(run);
    }

    public void removeData() throws IOException {
        remove(data);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Files.deleteIfExists(entry);
            }
        }
        Files.deleteIfExists(folder);
    }

    public Path config() {
        return run.resolve("config.json");
    }

    /** How to make the container without the runtime. */
    public Path plan() {
        return run.resolve("plan");
    }

    public Path rootfs() {
        return run.resolve("rootfs");
    }

    public Path socket() {
        return run.resolve("monitor.sock");
    }

    public Path pidFile() {
        return run.resolve("init.pid");
    }

    public Path monitorPidFile() {
        return run.resolve("monitor.pid");
    }

    /** What has to be known of the task after a restart of the executor: a {@link TaskRecord}. */
    public Path record() {
        return run.resolve("task.json");
    }

    public Path exitFile() {
        return data.resolve("exit");
    }

    public Path log() {
        return data.resolve(container + "-json.log");
    }

    /** Of the driver {@code local}. */
    public Path localLog() {
        return data.resolve(container + "-local.log");
    }

    public Path hostname() {
        return data.resolve("hostname");
    }

    public Path hosts() {
        return data.resolve("hosts");
    }

    public Path resolvConf() {
        return data.resolve("resolv.conf");
    }
}
