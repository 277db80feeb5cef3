package io.caisson.executor.api;

import java.time.Instant;

/** What the host knows of an added process. */
public sealed interface ExecStatus {
    /** It has not been started, or has been forgotten. */
    record Unknown() implements ExecStatus {}

    record Running(int pid) implements ExecStatus {}

    /** @param exitCode as a shell shows it: 128 + n for signal n */
    record Ended(int exitCode, Instant at) implements ExecStatus {}
}
