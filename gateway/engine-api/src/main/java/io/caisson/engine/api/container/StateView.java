package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerState;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.engine.api.GoTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code State} of an inspect. */
public record StateView(
        String status,
        boolean running,
        boolean paused,
        boolean restarting,
        @JsonProperty("OOMKilled") boolean oomKilled,
        boolean dead,
        int pid,
        int exitCode,
        String error,
        String startedAt,
        String finishedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HealthView health) {
    public record HealthView(String status, int failingStreak, List<ProbeView> log) {
        static HealthView of(ContainerHealth health) {
            return new HealthView(
                    health.status().text(),
                    health.failingStreak(),
                    health.log().stream().map(ProbeView::of).toList());
        }
    }

    /** One probe of the health check. */
    public record ProbeView(String start, String end, int exitCode, String output) {
        static ProbeView of(ContainerHealth.Probe probe) {
            return new ProbeView(GoTime.of(probe.start()), GoTime.of(probe.end()), probe.exitCode(), probe.output());
        }
    }

    static StateView of(ContainerState state) {
        Status status = state.status();
        ContainerHealth health = state.health();
        return new StateView(
                status.name().toLowerCase(Locale.ROOT),
                state.running(),
                status == Status.PAUSED,
                status == Status.RESTARTING,
                state.oomKilled(),
                status == Status.DEAD,
                state.pid(),
                state.exitCode(),
                state.error(),
                GoTime.of(state.startedAt()),
                GoTime.of(state.finishedAt()),
                health == null ? null : HealthView.of(health));
    }
}
