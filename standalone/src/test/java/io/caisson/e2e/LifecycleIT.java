package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of containers: start, stop, kill, logs, events, names, and what is said when it cannot be. */
class LifecycleIT {
    private Platform platform;

    @BeforeEach
    void shareAPlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private String error(String... words) {
        var result = platform.docker(words).run();
        assertThat(result.exit()).isNotZero();
        return result.err().strip();
    }

    @Test
    void shouldGoThroughItsStates() {
        String id = docker(
                "create",
                "--name",
                "e2e-life",
                "busybox",
                "sh",
                "-c",
                "trap 'exit 5' TERM; while :; do sleep 0.1; done");
        assertThat(status(id)).isEqualTo("created");

        docker("start", id);
        assertThat(status(id)).isEqualTo("running");
        assertThat(docker("ps", "--format", "{{.Names}} {{.Status}}")).contains("e2e-life Up");

        docker("rename", "e2e-life", "e2e-renamed");
        docker("restart", "-t", "5", "e2e-renamed");
        assertThat(status(id)).isEqualTo("running");

        docker("stop", "-t", "5", id);
        assertThat(status(id)).isEqualTo("exited");
        assertThat(docker("inspect", "-f", "{{.State.ExitCode}}", id)).isEqualTo("5");
        assertThat(docker("wait", id)).isEqualTo("5");

        docker("start", id);
        docker("kill", id);
        assertThat(docker("wait", id)).isEqualTo("137");
        docker("rm", id);
        assertThat(error("inspect", id)).contains("No such");
    }

    private String status(String id) {
        return docker("inspect", "-f", "{{.State.Status}}", id);
    }

    @Test
    void shouldKeepLogsAndFollowThem() {
        String id = docker(
                "run",
                "-d",
                "busybox",
                "sh",
                "-c",
                "for i in 1 2 3 4; do echo line $i; done; echo bad >&2; sleep 1; echo end");

        var followed = platform.docker("logs", "-f", id).run();

        assertThat(followed.out()).isEqualTo("line 1\nline 2\nline 3\nline 4\nend\n");
        assertThat(followed.err()).isEqualTo("bad\n");
        assertThat(docker("logs", "--tail", "1", id)).isEqualTo("end");
        assertThat(platform.docker("logs", "-t", id).run().out().lines())
                .allMatch(line -> line.matches("\\d{4}-.*Z .*"));
        docker("rm", id);
    }

    @Test
    void shouldTellTheEventsOfALifeInOrder() {
        String since = Command.of("date", "+%s.%N").run().orFail();
        docker("run", "--rm", "--name", "e2e-events", "busybox", "true");

        Await.until(
                "the container is gone",
                Duration.ofSeconds(10),
                () -> platform.docker("inspect", "e2e-events").run().exit() != 0);
        String until = Command.of("date", "+%s.%N").run().orFail();
        String events = docker(
                "events",
                "--since",
                since,
                "--until",
                until,
                "--filter",
                "type=container",
                "--filter",
                "container=e2e-events",
                "--format",
                "{{.Action}}");

        assertThat(events.lines()).containsExactly("create", "attach", "start", "die", "destroy");
    }

    @Test
    void shouldSayWhatDockerSaysWhenItCannotBe() {
        String id = docker("run", "-d", "--name", "e2e-taken", "busybox", "sleep", "100");

        assertThat(error("run", "--name", "e2e-taken", "busybox"))
                .contains("Conflict. The container name \"/e2e-taken\" is already in use by container \"" + id + "\"");
        assertThat(error("rm", id)).contains("container is running");
        assertThat(error("start", "nobody")).contains("No such container: nobody");
        assertThat(error("kill", "-s", "NOPE", id)).contains("invalid signal: NOPE");
        assertThat(error("run", "busybox:nope", "true")).containsAnyOf("not found", "denied", "connection", "dial");
        assertThat(error("pull", "Uppercase")).contains("must be lowercase");
        docker("rm", "-f", id);
    }

    @Test
    void shouldRunAgainAsItsPolicySays() {
        String id = docker("run", "-d", "--restart", "on-failure:2", "busybox", "false");

        Await.until("it gave up", Duration.ofSeconds(20), () -> status(id).equals("exited"));
        assertThat(docker("inspect", "-f", "{{.RestartCount}}", id)).isEqualTo("2");
        docker("rm", id);
    }
}
