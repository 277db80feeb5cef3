package io.caisson.container.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a container's health check says.
 *
 * @param failingStreak probes in a row that failed
 * @param log the last probes, oldest first
 */
public record ContainerHealth(Status status, int failingStreak, List<Probe> log) {
    public ContainerHealth {
        log = List.copyOf(log);
    }

    public enum Status {
        STARTING,
        HEALTHY,
        UNHEALTHY;

        /** As clients see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param exitCode 0 for a success; -1 when it could not be executed or took too long */
    public record Probe(Instant start, Instant end, int exitCode, String output) {}
}
