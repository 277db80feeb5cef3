package io.caisson.container.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container's state as it is shown.
 *
 * @param status created, running, paused, restarting, removing, exited or dead
 * @param startedAt null before the first start
 * @param health null without a health check
 */
public record ContainerState(
        Status status,
        int pid,
        int exitCode,
        boolean oomKilled,
        String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable ContainerHealth health) {
    /** Docker's states; {@code name().toLowerCase()} is what clients see. */
    public enum Status {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        REMOVING,
        EXITED,
        DEAD
    }

    public ContainerState with(@Nullable ContainerHealth other) {
        return new ContainerState(status, pid, exitCode, oomKilled, error, startedAt, finishedAt, other);
    }

    /** True for every state in which the container's init exists or is about to again. */
    public boolean running() {
        return switch (status) {
            case RUNNING, PAUSED, RESTARTING -> true;
            case CREATED, REMOVING, EXITED, DEAD -> false;
        };
    }
}
