package io.caisson.executor.api;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import java.time.Instant;

/** What happened, or is so, with a task. */
public sealed interface TaskEvent {
    /** The task runs, since its start began. */
    record Running(ContainerId container, int pid, Instant startedAt) implements TaskEvent {}

    /**
     * The container's init has ended and its output is all in the log.
     *
     * @param exitCode as a shell shows it: 128 + n for signal n
     * @param oomKilled the kernel ran out of the container's memory
     */
    record Exited(ContainerId container, int exitCode, boolean oomKilled, Instant at) implements TaskEvent {}

    /** The task is gone without a trace of how it ended: the host went down, or its monitor was killed. */
    record Lost(ContainerId container, Instant noticedAt) implements TaskEvent {}

    /** A process that was added to the container has ended. What ended before the watch began is not told: ask for it. */
    record ExecEnded(ContainerId container, ExecId exec, int exitCode, Instant at) implements TaskEvent {}

    /** All that was there at the time of the question has been told. */
    record Listed() implements TaskEvent {}
}
