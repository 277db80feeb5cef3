package io.caisson.executor.task;

import io.caisson.bus.wire.WireJson;
import io.caisson.kernel.ContainerId;
import io.caisson.network.api.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What outlives the executor beside a running monitor.
 *
 * @param runtime the OCI runtime that made the container
 */
public record TaskRecord(ContainerId container, NetworkPlan network, boolean terminal, String runtime) {
    public static TaskRecord read(Path file) throws IOException {
        return WireJson.mapper().readValue(file.toFile(), TaskRecord.class);
    }

    public void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, WireJson.mapper().writeValueAsBytes(this));
        var _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
