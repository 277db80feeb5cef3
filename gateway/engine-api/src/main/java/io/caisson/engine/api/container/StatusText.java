package io.caisson.engine.api.container;

import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code STATUS} column of {@code docker ps}. */
public final class StatusText {
    private StatusText() {}

    public static String of(ContainerState state, Instant now) {
        return switch (state.status()) {
            case CREATED -> "Created";
            case RUNNING -> "Up " + since(state.startedAt(), now) + health(state.health());
            case PAUSED -> "Up " + since(state.startedAt(), now) + " (Paused)";
            case RESTARTING -> "Restarting (" + state.exitCode() + ") " + since(state.finishedAt(), now) + " ago";
            case REMOVING -> "Removal In Progress";
            case DEAD -> "Dead";
            case EXITED -> exited(state, now);
        };
    }

    private static String exited(ContainerState state, Instant now) {
        return state.finishedAt() == null
                ? "Created"
                : "Exited (" + state.exitCode() + ") " + since(state.finishedAt(), now) + " ago";
    }

    private static String health(@Nullable ContainerHealth health) {
        if (health == null) {
            return "";
        }
        return switch (health.status()) {
            case STARTING -> " (health: starting)";
            case HEALTHY, UNHEALTHY -> " (" + health.status().text() + ")";
        };
    }

    private static String since(@Nullable Instant time, Instant now) {
        return HumanDurations.of(Duration.between(time == null ? now : time, now));
    }
}
