package io.caisson.executor.api;

import java.time.Instant;

/** How a task is when somebody asks. */
public sealed interface TaskStatus {
    /** It is being started. */
    record Starting() implements TaskStatus {}

    record Running(int pid, Instant startedAt) implements TaskStatus {}

    /** As in {@link TaskEvent.Exited}. */
    record Ended(int exitCode, boolean oomKilled, Instant at) implements TaskStatus {}

    /** As in {@link TaskEvent.Lost}. */
    record Lost(Instant noticedAt) implements TaskStatus {}

    /** The node has no such task, or has released it. */
    record Unknown() implements TaskStatus {}
}
