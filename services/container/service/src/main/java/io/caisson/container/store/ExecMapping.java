package io.caisson.container.store;

import io.caisson.container.model.Exec;
import io.caisson.container.model.ExecState;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Between rows and {@link Exec}s. */
final class ExecMapping {
    static final String CREATED = "created";
    static final String STARTED = "started";
    static final String ENDED = "ended";

    private ExecMapping() {}

    static ExecRow row(Exec exec) {
        var row = new ExecRow();
        row.id = exec.id().value();
        row.container = exec.container().value();
        row.node = exec.node().value();
        row.created = exec.created().truncatedTo(ChronoUnit.MICROS);
        row.config = exec.config();
        write(exec.state(), row);
        return row;
    }

    static void write(ExecState state, ExecRow row) {
        switch (state) {
            case ExecState.Created() -> row.status = CREATED;
            case ExecState.Started() -> row.status = STARTED;
            case ExecState.Ended(int exitCode, Instant at) -> {
                row.status = ENDED;
                row.exitCode = exitCode;
                row.finishedAt = at.truncatedTo(ChronoUnit.MICROS);
            }
        }
    }

    static Exec exec(ExecRow row) {
        return new Exec(
                new ExecId(row.id),
                new NodeId(row.node),
                new ContainerId(row.container),
                row.created,
                Objects.requireNonNull(row.config),
                state(row));
    }

    private static ExecState state(ExecRow row) {
        return switch (row.status) {
            case CREATED -> new ExecState.Created();
            case STARTED -> new ExecState.Started();
            case ENDED -> new ExecState.Ended(row.exitCode, Objects.requireNonNull(row.finishedAt));
            default -> throw new IllegalStateException("exec " + row.id + " is " + row.status);
        };
    }
}
