package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.spec.EntryPlan;
import io.caisson.executor.task.ExecFolder;
import io.caisson.executor.task.Places;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processes for running containers by the monitor itself, without the runtime, where nothing speaks against it. Blocks.
 *
 * @param wanted what the operator says
 */
record Entering(Places places, boolean wanted) {
    private static final String KNOWN_RUNTIME = "runc";

    /**
     * Writes the plan for it.
     *
     * @param own the container's configuration
     * @param home of the process's user
     * @return where the plan is; empty where the runtime has to do it
     */
    Optional<Path> prepare(String runtime, RuntimeSpec own, RuntimeSpec.Process process, String home, ExecFolder folder)
            throws IOException {
        if (!wanted || !Path.of(runtime).endsWith(KNOWN_RUNTIME)) {
            return Optional.empty();
        }
        Optional<byte[]> plan = EntryPlan.of(own.linux(), process, home, filter(own.linux()));
        if (plan.isPresent()) {
            Files.createFile(
                    folder.entry(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(folder.entry(), plan.get());
        }
        return plan.map(_ -> folder.entry());
    }

    /** Containers with the same profile have the same filter. */
    private @Nullable Path filter(RuntimeSpec.Linux linux) throws IOException {
        if (linux.seccomp() == null) {
            return null;
        }
        Files.createDirectories(places.filters());
        return places.filters().resolve(digest(WireJson.mapper().writeValueAsBytes(linux.seccomp())));
    }

    private static String digest(byte[] profile) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(profile));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
