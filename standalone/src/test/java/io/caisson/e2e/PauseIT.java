package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All processes of a container at once: {@code docker pause}, {@code unpause} and {@code top}. */
class PauseIT {
    private Platform platform;
    private String container;

    @BeforeEach
    void runAContainer() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        container = docker("run", "-d", "busybox", "sh", "-c", "while :; do echo x; sleep 0.05; done");
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-f", container);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private int lines() {
        return docker("logs", container).split("\n").length;
    }

    private String status() {
        return docker("inspect", "-f", "{{.State.Status}}", container);
    }

    @Test
    void shouldStandStillUntilItMayGoOn() {
        docker("pause", container);
        assertThat(status()).isEqualTo("paused");
        int before = lines();
        assertThat(platform.docker("exec", container, "true").run().err()).contains("is paused, unpause the container");
        assertThat(platform.docker("pause", container).run().err()).contains("is already paused");
        assertThat(lines()).isEqualTo(before);

        docker("unpause", container);

        assertThat(status()).isEqualTo("running");
        Await.until("it goes on", Duration.ofSeconds(10), () -> lines() > before);
    }

    @Test
    void shouldEndWhilePaused() {
        docker("pause", container);

        docker("kill", container);

        assertThat(docker("wait", container)).isEqualTo("137");
    }

    @Test
    void shouldListItsProcesses() {
        assertThat(docker("top", container, "-o", "pid,args")).startsWith("PID").contains("while :; do echo x");
        assertThat(platform.docker("top", container, "-Z9").run().exit()).isNotZero();
    }
}
