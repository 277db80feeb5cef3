package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.groups.ContainerGroups;
import io.caisson.executor.spec.MakingPlan;
import io.caisson.executor.task.Places;
import io.caisson.executor.task.TaskFolder;
import io.caisson.kernel.ContainerId;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Containers by the monitor itself, without the runtime, where nothing speaks against it. Blocks.
 *
 * @param wanted what the operator says
 */
record Making(Places places, Filters filters, CgroupLayout layout, ContainerGroups groups, boolean wanted) {
    private static final String KNOWN_RUNTIME = "runc";

    boolean isWanted(String runtime) {
        return wanted && Path.of(runtime).endsWith(KNOWN_RUNTIME);
    }

    /**
     * Makes the container's control groups and writes the plan; does nothing where the runtime has to make the container. After
     * that {@link #forget} has to come once, whatever happens.
     */
    void prepare(String runtime, RuntimeSpec spec, String home, TaskFolder folder) throws IOException {
        RuntimeSpec.Linux linux = spec.linux();
        Files.deleteIfExists(folder.plan()); // of the last run
        if (!isWanted(runtime)
                || !groups.canHold(linux)
                || plan(spec, home, List.of()).isEmpty()) {
            return;
        }
        Files.createDirectories(places.stateFolder(folder.container()));
        Optional<byte[]> plan = plan(spec, home, groups.make(linux));
        if (plan.isPresent()) {
            Files.createFile(
                    folder.plan(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(folder.plan(), plan.get());
        }
    }

    private Optional<byte[]> plan(RuntimeSpec spec, String home, List<Path> folders) throws IOException {
        return MakingPlan.of(spec, home, filters.of(spec.linux()), layout, folders);
    }

    /** Whether the monitor made it. */
    boolean hasMade(ContainerId container) {
        return Files.exists(places.state(container));
    }

    /** Kills what is left of a container whose monitor is gone, or never made it, and removes its groups; idempotent. */
    void forget(TaskFolder folder) throws IOException {
        Path state = places.stateFolder(folder.container());
        if (!Files.isDirectory(state)) {
            return;
        }
        if (Files.exists(folder.config())) {
            RuntimeSpec spec = WireJson.mapper().readValue(folder.config().toFile(), RuntimeSpec.class);
            String group = Objects.requireNonNull(spec.linux().cgroupsPath());
            groups.kill(group);
            groups.remove(group);
        }
        Files.deleteIfExists(places.state(folder.container()));
        Files.deleteIfExists(state);
    }
}
