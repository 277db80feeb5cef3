package io.caisson.engine.api.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerState;
import io.caisson.container.api.ContainerState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static String of(Status status, @Nullable String health) {
        var state = new ContainerState(status, 1, 3, false, "", NOW.minusSeconds(5), NOW.minusSeconds(125), of(health));
        return StatusText.of(state, NOW);
    }

    private static @Nullable ContainerHealth of(@Nullable String health) {
        return health == null
                ? null
                : new ContainerHealth(ContainerHealth.Status.valueOf(health.toUpperCase(Locale.ROOT)), 0, List.of());
    }

    @Test
    void shouldSayWhatDockerSays() {
        assertThat(of(Status.RUNNING, null)).isEqualTo("Up 5 seconds");
        assertThat(of(Status.RUNNING, "healthy")).isEqualTo("Up 5 seconds (healthy)");
        assertThat(of(Status.RUNNING, "starting")).isEqualTo("Up 5 seconds (health: starting)");
        assertThat(of(Status.PAUSED, null)).isEqualTo("Up 5 seconds (Paused)");
        assertThat(of(Status.RESTARTING, null)).isEqualTo("Restarting (3) 2 minutes ago");
        assertThat(of(Status.EXITED, null)).isEqualTo("Exited (3) 2 minutes ago");
        assertThat(of(Status.CREATED, null)).isEqualTo("Created");
        assertThat(of(Status.REMOVING, null)).isEqualTo("Removal In Progress");
        assertThat(of(Status.DEAD, null)).isEqualTo("Dead");
    }

    @ParameterizedTest
    @CsvSource({
        "0,Less than a second",
        "1,1 second",
        "59,59 seconds",
        "60,About a minute",
        "150,2 minutes",
        "3600,About an hour",
        "7200,2 hours",
        "172800,2 days",
        "1209600,2 weeks",
        "5184000,2 months",
        "63072000,2 years",
    })
    void shouldRoundDurationsAsDockerDoes(long seconds, String text) {
        assertThat(HumanDurations.of(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
