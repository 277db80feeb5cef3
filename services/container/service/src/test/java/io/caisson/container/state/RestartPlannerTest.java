package io.caisson.container.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.api.HostConfig.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPlannerTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void shouldRestartAsThePolicySays() {
        assertThat(RestartPlanner.restarts(null, 1, false, 0)).isFalse();
        assertThat(RestartPlanner.restarts(policy("no", 0), 1, false, 0)).isFalse();
        assertThat(RestartPlanner.restarts(policy("always", 0), 0, false, 99)).isTrue();
        assertThat(RestartPlanner.restarts(policy("unless-stopped", 0), 0, false, 0))
                .isTrue();
        assertThat(RestartPlanner.restarts(policy("on-failure", 0), 0, false, 0))
                .isFalse();
        assertThat(RestartPlanner.restarts(policy("on-failure", 0), 1, false, 99))
                .isTrue();
        assertThat(RestartPlanner.restarts(policy("on-failure", 2), 1, false, 1))
                .isTrue();
        assertThat(RestartPlanner.restarts(policy("on-failure", 2), 1, false, 2))
                .isFalse();
    }

    @Test
    void shouldLeaveAloneWhatAUserStoppedUntilThePlatformStarts() {
        assertThat(RestartPlanner.restarts(policy("always", 0), 1, true, 0)).isFalse();
        assertThat(RestartPlanner.startsWithPlatform(policy("always", 0), 0, true, 0))
                .isTrue();
        assertThat(RestartPlanner.startsWithPlatform(policy("unless-stopped", 0), 0, true, 0))
                .isFalse();
        assertThat(RestartPlanner.startsWithPlatform(policy("unless-stopped", 0), 255, false, 0))
                .isTrue();
    }

    @Test
    void shouldDoubleThePauseUpToAMinuteAndStartOverAfterAGoodRun() {
        Duration pause = Duration.ZERO;
        for (int millis : new int[] {100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000, 60000}) {
            pause = RestartPlanner.pause(pause, SHORT);
            assertThat(pause).isEqualTo(Duration.ofMillis(millis));
        }
        assertThat(RestartPlanner.pause(pause, Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void shouldKeepWhatWasWhenAStartFails() {
        var at = Instant.parse("2026-01-01T00:00:00Z");
        var run = new Lifecycle.Running(7, at, null);
        Lifecycle.Exited exited = run.exited(new Ending(3, true, at.plusSeconds(5)));

        Lifecycle.Startable failed = exited.starting().failed(127, "not found");

        assertThat(exited.shown().oomKilled()).isTrue();
        assertThat(failed.shown().exitCode()).isEqualTo(127);
        assertThat(failed.shown().error()).isEqualTo("not found");
        assertThat(failed.shown().startedAt()).isEqualTo(at);
        assertThat(exited.starting().shown()).isEqualTo(exited.shown());
        assertThat(exited.starting().running(8, at).shown().finishedAt()).isEqualTo(at.plusSeconds(5));
    }

    private static RestartPolicy policy(String name, int retries) {
        return new RestartPolicy(name, retries);
    }
}
