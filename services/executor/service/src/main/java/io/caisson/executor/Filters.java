package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.task.Places;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where the monitor keeps the system call filters that it has seen, by their profiles. */
final class Filters {
    private static final int LIMIT = 64;

    private final Path folder;
    /** Profiles are large, and nearly always the same. */
    private final Map<RuntimeSpec.Seccomp, Path> known = new ConcurrentHashMap<>();

    Filters(Places places) {
        this.folder = places.filters();
    }

    /** Containers with the same profile have the same filter; null for one without. Blocks. */
    @Nullable
    Path of(RuntimeSpec.Linux linux) throws IOException {
        RuntimeSpec.Seccomp profile = linux.seccomp();
        if (profile == null) {
            return null;
        }
        Path found = known.get(profile);
        if (found != null) {
            return found;
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(digest(WireJson.mapper().writeValueAsBytes(profile)));
        if (known.size() < LIMIT) {
            known.put(profile, file);
        }
        return file;
    }

    private static String digest(byte[] profile) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(profile));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
