package io.caisson.executor.task;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.api.GeneratedFiles;
import io.caisson.kernel.ContainerId;
import io.caisson.network.api.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the executor beside a running monitor.
 *
 * @param runtime the OCI runtime that made the container
 * @param files what its generated files were made of; null in records that are older
 * @param startedAt when its start began; null in records that are older
 */
public record TaskRecord(
        ContainerId container,
        NetworkPlan network,
        boolean terminal,
        String runtime,
        @Nullable GeneratedFiles files,
        @Nullable Instant startedAt) {
    public TaskRecord reconnected(NetworkPlan other) {
        return new TaskRecord(container, other, terminal, runtime, files, startedAt);
    }

    /** Name servers that the user asked for; empty for the host's. */
    public List<String> dns() {
        return files == null ? List.of() : files.dns();
    }

    public static TaskRecord read(Path file) throws IOException {
        return WireJson.mapper().readValue(file.toFile(), TaskRecord.class);
    }

    public void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, WireJson.mapper().writeValueAsBytes(this));
        var _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
