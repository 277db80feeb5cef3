package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health checks. */
class HealthIT {
    private static final String NAME = "checked";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Platform platform;

    @BeforeEach
    void findThePlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-f", NAME);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private void runWith(String command, String... options) {
        var words = new ArrayList<>(List.of("run", "-d", "--name", NAME, "--health-interval", "200ms"));
        words.addAll(List.of("--health-retries", "2", "--health-cmd", command));
        words.addAll(List.of(options));
        words.addAll(List.of("busybox", "sleep", "600"));
        docker(words.toArray(String[]::new));
    }

    private String health(String field) {
        return docker("inspect", "-f", "{{.State.Health." + field + "}}", NAME);
    }

    private void await(String status) {
        Await.until(NAME + " is " + status, PATIENCE, () -> health("Status").equals(status));
    }

    private String events() {
        String[] words = {"events", "--since", "30s", "--until", "0s", "--filter", "event=health_status"};
        return docker(words);
    }

    @Test
    void shouldTellHowTheContainerIs() {
        runWith("echo looked; test ! -e /broken");
        await("healthy");
        assertThat(docker("inspect", "-f", "{{(index .State.Health.Log 0).Output}}", NAME))
                .isEqualTo("looked");

        docker("exec", NAME, "touch", "/broken");
        await("unhealthy");

        assertThat(docker("ps", "--filter", "health=unhealthy", "--format", "{{.Names}} {{.Status}}"))
                .startsWith(NAME)
                .endsWith("(unhealthy)");
        // The client rounds the end down to a second.
        Await.until("its events", PATIENCE, () -> events().contains("health_status: unhealthy"));
        assertThat(events()).contains("health_status: healthy");
    }

    @Test
    void shouldEndAProbeThatTakesTooLong() {
        runWith("exec sleep 300", "--health-timeout", "300ms");

        await("unhealthy");

        assertThat(docker("inspect", "-f", "{{json .State.Health.Log}}", NAME))
                .contains("Health check exceeded timeout (300ms)");
        docker("pause", NAME);
        docker("unpause", NAME);
        assertThat(docker("top", NAME, "-o", "pid,args").lines().filter(line -> line.contains("sleep 300")))
                .hasSizeLessThan(3);
    }

    @Test
    void shouldHaveNoHealthWithoutACheck() {
        docker("run", "-d", "--name", NAME, "--no-healthcheck", "busybox", "sleep", "600");

        assertThat(docker("inspect", "-f", "{{json .State.Health}}", NAME)).isEqualTo("null");
        assertThat(docker("ps", "--filter", "name=" + NAME, "--format", "{{.Status}}"))
                .doesNotContain("(");
    }
}
