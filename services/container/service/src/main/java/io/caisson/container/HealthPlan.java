package io.caisson.container;

import io.caisson.container.api.BeginExec;
import io.caisson.container.api.ContainerHealth.Probe;
import io.caisson.container.api.ExecConfig;
import io.caisson.container.health.HealthCheck;
import io.caisson.container.model.Container;
import io.caisson.container.model.Exec;
import io.caisson.container.model.ExecState;
import io.caisson.executor.api.ProbeResult;
import io.caisson.executor.api.RunProbe;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a health check asks of the executor, and what it makes of the answer: pure. */
final class HealthPlan {
    private static final int OUTPUT = 4096;

    private HealthPlan() {}

    /** Like an exec of a user's, but that nobody can ask for it. */
    static Exec exec(Container container, HealthCheck check) {
        var config = new ExecConfig(
                null, false, false, List.of(), false, true, true, null, List.of(), null, check.command());
        return new Exec(
                new ExecId(Ids.hex64()),
                container.node(),
                container.id(),
                Instant.now(),
                config,
                new ExecState.Created());
    }

    static RunProbe probe(Container container, Exec exec, HealthCheck check) {
        var begin = new BeginExec(exec.id().value(), false, 0, 0);
        return RunProbe.of(
                ExecPlan.start(exec, container, begin),
                Math.max(1, check.timeout().toMillis()),
                OUTPUT);
    }

    static Probe logged(ProbeResult result, HealthCheck check) {
        String output = result.output() + (result.truncated() ? "..." : "");
        if (!result.timedOut()) {
            return new Probe(result.start(), result.end(), result.exitCode(), output);
        }
        String words = "Health check exceeded timeout (" + goDuration(check.timeout()) + ")";
        return new Probe(result.start(), result.end(), -1, output.isEmpty() ? words : words + ": " + output);
    }

    /** It could not be executed. */
    static Probe logged(Instant start, Throwable error) {
        return new Probe(start, Instant.now(), -1, Fault.of(error).message());
    }

    /** As Go writes them: {@code 1m30s}, {@code 2.5s}, {@code 300ms}. */
    static String goDuration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return decimal(duration.toNanos(), 1_000_000) + "ms";
        }
        String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
        String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
        long rest = duration.minusMinutes(duration.toMinutes()).toNanos();
        return hours + minutes + decimal(rest, 1_000_000_000) + "s";
    }

    private static String decimal(long value, long unit) {
        return new java.math.BigDecimal(value)
                .divide(new java.math.BigDecimal(unit))
                .stripTrailingZeros()
                .toPlainString();
    }
}
