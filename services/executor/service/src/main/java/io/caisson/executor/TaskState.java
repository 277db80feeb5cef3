package io.caisson.executor;

import io.caisson.executor.task.Outcome;
import java.time.Instant;

/** Where a task is in its life. */
sealed interface TaskState {
    /** Clients may attach already; nothing runs. */
    record Waiting() implements TaskState {}

    record Starting() implements TaskState {}

    /** @param pid the container's init */
    record Running(int pid) implements TaskState {}

    record Ended(Outcome outcome) implements TaskState {}

    record Lost(Instant noticedAt) implements TaskState {}
}
