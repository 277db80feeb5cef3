package io.caisson.container.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerHealth.Probe;
import io.caisson.container.api.ContainerHealth.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private static Optional<HealthCheck> check(String json) {
        try {
            return HealthCheck.of(WireJson.mapper().readValue("{\"healthcheck\":" + json + "}", ContainerConfig.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Probe probe(long second, int exitCode) {
        return new Probe(START.plusSeconds(second), START.plusSeconds(second), exitCode, "");
    }

    @Test
    void shouldFillInDockersDefaults() {
        HealthCheck check = check("{\"test\":[\"CMD-SHELL\",\"true\"]}").orElseThrow();

        assertThat(check.command()).containsExactly("/bin/sh", "-c", "true");
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(check.retries()).isEqualTo(3);
    }

    @Test
    void shouldBeEmptyWhenThereIsNone() {
        assertThat(check("null")).isEmpty();
        assertThat(check("{\"test\":[]}")).isEmpty();
        assertThat(check("{\"test\":[\"NONE\"]}")).isEmpty();
    }

    @Test
    void shouldBeUnhealthyWhenItFailsOftenEnough() {
        HealthCheck check = check("{\"test\":[\"CMD\",\"x\"],\"retries\":2}").orElseThrow();
        ContainerHealth health = HealthCheck.starting(null);

        health = check.after(health, probe(1, 1), START);
        assertThat(health.status()).isEqualTo(Status.STARTING);
        health = check.after(health, probe(2, 1), START);
        assertThat(health.status()).isEqualTo(Status.UNHEALTHY);
        assertThat(health.failingStreak()).isEqualTo(2);
        health = check.after(health, probe(3, 0), START);
        assertThat(health.status()).isEqualTo(Status.HEALTHY);
        assertThat(health.failingStreak()).isZero();
    }

    @Test
    void shouldForgiveFailuresInTheStartPeriodUntilTheFirstSuccess() {
        HealthCheck check = check("{\"test\":[\"CMD\",\"x\"],\"retries\":1,\"startPeriod\":10000000000}")
                .orElseThrow();
        ContainerHealth starting = HealthCheck.starting(null);

        ContainerHealth early = check.after(starting, probe(5, 1), START);
        assertThat(early.status()).isEqualTo(Status.STARTING);
        assertThat(early.failingStreak()).isZero();
        assertThat(check.pause(early, START, START.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(check.pause(early, START, START.plusSeconds(11))).isEqualTo(Duration.ofSeconds(30));
        assertThat(check.after(early, probe(10, 1), START).status()).isEqualTo(Status.UNHEALTHY);
        ContainerHealth healthy = check.after(early, probe(6, 0), START);
        assertThat(check.after(healthy, probe(7, 1), START).status()).isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void shouldKeepTheLastFiveProbes() {
        HealthCheck check = check("{\"test\":[\"CMD\",\"x\"]}").orElseThrow();
        ContainerHealth health = HealthCheck.starting(null);
        for (int i = 0; i < 7; i++) {
            health = check.after(health, probe(i, 0), START);
        }

        assertThat(health.log()).hasSize(5);
        assertThat(health.log().getFirst()).isEqualTo(probe(2, 0));
    }
}
