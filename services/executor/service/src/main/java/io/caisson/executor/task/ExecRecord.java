package io.caisson.executor.task;

import io.caisson.bus.wire.WireJson;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What of an added process outlives the executor beside a running monitor.
 *
 * @param probe nobody but the executor that started it asks for it
 */
public record ExecRecord(ContainerId container, ExecId exec, boolean probe) {
    public static ExecRecord read(Path file) throws IOException {
        return WireJson.mapper().readValue(file.toFile(), ExecRecord.class);
    }

    public void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, WireJson.mapper().writeValueAsBytes(this));
        var _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
