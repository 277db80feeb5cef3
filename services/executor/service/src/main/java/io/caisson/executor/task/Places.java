package io.caisson.executor.task;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import java.nio.file.Path;

/**
 * Where one instance keeps things on the host.
 *
 * @param data survives a reboot
 * @param run does not
 * @param instance keeps several instances on one host apart
 */
public record Places(Path data, Path run, String instance) {
    private static final int FOLDER_NAME = 32;

    /** The socket's path has to fit into 103 bytes, so a folder is named by half the id; that is unique enough. */
    public TaskFolder folder(ContainerId container) {
        String id = container.value();
        String name = id.substring(0, Math.min(id.length(), FOLDER_NAME));
        return new TaskFolder(
                container, tasks().resolve(name), data.resolve("containers").resolve(id));
    }

    public Path tasks() {
        return run.resolve(instance).resolve("tasks");
    }

    public ExecFolder folder(ExecId exec) {
        String id = exec.value();
        return new ExecFolder(execs().resolve(id.substring(0, Math.min(id.length(), FOLDER_NAME))));
    }

    /** Of processes that were added to containers. */
    public Path execs() {
        return run.resolve(instance).resolve("execs");
    }

    /** System call filters as the kernel has them, by their profiles. */
    public Path filters() {
        return run.resolve(instance).resolve("seccomp");
    }

    /** The OCI runtime's own state. */
    public Path runtimeRoot() {
        return run.resolve(instance).resolve("runc");
    }

    /** Of the containers that the monitor made, which no runtime knows. */
    public Path stateRoot() {
        return run.resolve(instance).resolve("made");
    }

    /** What those who enter such a container need to know. */
    public Path state(ContainerId container) {
        return stateFolder(container).resolve("state.json");
    }

    /** There from before the monitor makes the container until nothing of it is left. */
    public Path stateFolder(ContainerId container) {
        return stateRoot().resolve(container.value());
    }

    /** The cgroup that holds those of all containers, below each hierarchy's root. */
    public String cgroupParent() {
        return "/caisson-" + instance;
    }
}
