package io.caisson.executor;

import io.caisson.executor.spec.EntryPlan;
import io.caisson.executor.task.ExecFolder;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Processes for running containers by the monitor itself, without the runtime, where nothing speaks against it. Blocks.
 *
 * @param wanted what the operator says
 */
record Entering(Filters filters, boolean wanted) {
    private static final String KNOWN_RUNTIME = "runc";

    /**
     * Writes the plan for it.
     *
     * @param made that the monitor made the container, which no runtime knows then
     * @param own the container's configuration
     * @param home of the process's user
     * @return where the plan is; empty where the runtime has to do it
     */
    Optional<Path> prepare(
            boolean made, String runtime, RuntimeSpec own, RuntimeSpec.Process process, String home, ExecFolder folder)
            throws IOException {
        if (!made && (!wanted || !Path.of(runtime).endsWith(KNOWN_RUNTIME))) {
            return Optional.empty();
        }
        Optional<byte[]> plan = EntryPlan.of(own.linux(), process, home, filters.of(own.linux()));
        if (plan.isPresent()) {
            Files.createFile(
                    folder.entry(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(folder.entry(), plan.get());
        }
        return plan.map(_ -> folder.entry());
    }
}
