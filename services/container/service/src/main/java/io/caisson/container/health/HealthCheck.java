package io.caisson.container.health;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerHealth.Probe;
import io.caisson.container.api.ContainerHealth.Status;
import io.caisson.container.model.Absent;
import io.caisson.oci.ImageConfig.Healthcheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container's health check, complete.
 *
 * @param command what to execute
 * @param interval between the end of a probe and the next
 * @param startPeriod after the start, in which failures do not count before the first success
 * @param startInterval in place of the interval while it is starting, in the start period
 * @param retries failures in a row that make it unhealthy
 */
public record HealthCheck(
        List<String> command,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration USUAL_START = Duration.ofSeconds(5);
    private static final int USUAL_RETRIES = 3;
    private static final List<String> SHELL = List.of("/bin/sh", "-c");
    private static final int KEPT = 5;

    public HealthCheck {
        command = List.copyOf(command);
    }

    /** Empty without one, or when it is switched off. */
    public static Optional<HealthCheck> of(ContainerConfig config) {
        Healthcheck check = config.healthcheck();
        List<String> test = check == null ? List.of() : Absent.list(check.test());
        if (check == null || test.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = test.subList(1, test.size());
        return switch (test.getFirst()) {
            case "CMD" -> Optional.of(of(words, check));
            case "CMD-SHELL" -> Optional.of(of(inShell(words, config), check));
            default -> Optional.empty();
        };
    }

    private static List<String> inShell(List<String> words, ContainerConfig config) {
        List<String> command =
                new ArrayList<>(Absent.list(config.shell()).isEmpty() ? SHELL : Absent.list(config.shell()));
        command.addAll(words);
        return command;
    }

    private static HealthCheck of(List<String> command, Healthcheck check) {
        Integer retries = check.retries();
        return new HealthCheck(
                command,
                either(check.interval(), USUAL),
                either(check.timeout(), USUAL),
                either(check.startPeriod(), Duration.ZERO),
                either(check.startInterval(), USUAL_START),
                retries == null || retries <= 0 ? USUAL_RETRIES : retries);
    }

    private static Duration either(@Nullable Long nanos, Duration usual) {
        return nanos == null || nanos <= 0 ? usual : Duration.ofNanos(nanos);
    }

    /** At the beginning of a run; the log of the run before stays. */
    public static ContainerHealth starting(@Nullable ContainerHealth before) {
        return new ContainerHealth(Status.STARTING, 0, before == null ? List.of() : before.log());
    }

    /** Nobody looks any more: it does not run, or is paused. */
    public static @Nullable ContainerHealth unwatched(@Nullable ContainerHealth health) {
        return health == null ? null : new ContainerHealth(Status.UNHEALTHY, health.failingStreak(), health.log());
    }

    /** Before the next probe. */
    public Duration pause(ContainerHealth health, Instant startedAt, Instant now) {
        boolean early = now.isBefore(startedAt.plus(startPeriod)) && health.status() == Status.STARTING;
        return early ? startInterval : interval;
    }

    public ContainerHealth after(ContainerHealth health, Probe probe, Instant startedAt) {
        if (probe.exitCode() == 0) {
            return new ContainerHealth(Status.HEALTHY, 0, logged(health, probe));
        }
        boolean forgiven = health.status() == Status.STARTING && probe.start().isBefore(startedAt.plus(startPeriod));
        int streak = forgiven ? health.failingStreak() : health.failingStreak() + 1;
        Status status = !forgiven && streak >= retries ? Status.UNHEALTHY : health.status();
        return new ContainerHealth(status, streak, logged(health, probe));
    }

    private static List<Probe> logged(ContainerHealth health, Probe probe) {
        List<Probe> log = new ArrayList<>(health.log());
        log.add(probe);
        return log.subList(Math.max(0, log.size() - KEPT), log.size());
    }
}
