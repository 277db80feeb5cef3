package io.caisson.executor.api;

import java.time.Instant;

/**
 * How a probe ended.
 *
 * @param exitCode as a shell shows it; of no meaning when it was killed for its time
 * @param truncated whether it wrote more than was kept
 */
public record ProbeResult(
        Instant start, Instant end, int exitCode, boolean timedOut, String output, boolean truncated) {}
