package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docker exec} in all its forms. */
class ExecIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private Platform platform;
    private String container;

    @BeforeEach
    void runAContainer() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        container = docker("run", "-d", "-w", "/tmp", "-e", "A=1", "busybox", "sleep", "1000");
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-f", container);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    @Test
    void shouldGiveOutputAndExitCodeApart() {
        var result = platform.docker("exec", container, "sh", "-c", "echo out; echo err >&2; exit 3")
                .run();

        assertThat(result).isEqualTo(new Command.Result(3, "out\n", "err\n"));
        assertThat(docker("inspect", "-f", "{{.ExecIDs}}", container)).isEqualTo("[]");
    }

    @Test
    void shouldTakeInputToItsEnd() {
        var result = platform.docker("exec", "-i", container, "wc", "-c")
                .input("x".repeat(100_000))
                .run();

        assertThat(result.orFail()).isEqualTo("100000");
    }

    @Test
    void shouldRunAsAskedForAndElseAsTheContainer() {
        assertThat(docker("exec", container, "sh", "-c", "echo $(pwd) $A $HOME $(id -u)"))
                .isEqualTo("/tmp 1 /root 0");
        assertThat(docker(
                        "exec",
                        "-u",
                        "7:8",
                        "-w",
                        "/var",
                        "-e",
                        "A=2",
                        container,
                        "sh",
                        "-c",
                        "echo $(pwd) $A $(id -u) $(id -g)"))
                .isEqualTo("/var 2 7 8");
        String usual = docker("exec", container, "grep", "CapEff", "/proc/self/status");
        assertThat(docker("exec", "--privileged", container, "grep", "CapEff", "/proc/self/status"))
                .isNotEqualTo(usual);
        assertThat(docker("exec", "-t", container, "tty")).isEqualTo("/dev/pts/0");
    }

    @Test
    void shouldSayWhatCannotBeExecuted() {
        var unknown = platform.docker("exec", container, "nope").run();
        assertThat(unknown.exit()).isEqualTo(127);
        assertThat(unknown.out())
                .isEqualTo("OCI runtime exec failed: exec failed: unable to start container process: exec: \"nope\": "
                        + "executable file not found in $PATH: unknown\r\n");
        assertThat(platform.docker("exec", container, "/etc").run().exit()).isEqualTo(126);
        assertThat(platform.docker("exec", "-u", "nobody-knows", container, "true")
                        .run()
                        .exit())
                .isEqualTo(126);

        docker("stop", "-t", "0", container);
        assertThat(platform.docker("exec", container, "true").run().err())
                .contains("container " + container + " is not running");
        assertThat(platform.docker("exec", "no-such", "true").run().err()).contains("No such container: no-such");
    }

    @Test
    void shouldRunDetachedAndTellEvents() {
        String since = Command.of("date", "+%s.%N").run().orFail();

        docker("exec", "-d", container, "sh", "-c", "echo done >/tmp/it; exit 4");

        Await.until("it has written", SOON, () -> platform.docker("exec", container, "cat", "/tmp/it")
                .run()
                .out()
                .equals("done\n"));
        Await.until("it has died", SOON, () -> events(since).contains("exec_die 4"));
        assertThat(events(since).lines())
                .startsWith(
                        "exec_create: sh -c echo done >/tmp/it; exit 4",
                        "exec_start: sh -c echo done >/tmp/it; exit 4");
    }

    private String events(String since) {
        String until = Command.of("date", "+%s.%N").run().orFail();
        String format = "{{.Action}}{{with index .Actor.Attributes \"exitCode\"}} {{.}}{{end}}";
        return docker(
                "events", "--since", since, "--until", until, "--filter", "container=" + container, "--format", format);
    }

    @Test
    void shouldStayKnownWhenThePlatformIsKilled() throws Exception {
        try (Platform own = Platform.start()) {
            TestImages.busyboxOn(own);
            String id =
                    own.docker("run", "-d", "busybox", "sleep", "1000").run().orFail();
            String ends = create(own, id, "sleep 1; exit 9");
            String goesOn = create(own, id, "sleep 3; exit 8");
            start(own, ends);
            start(own, goesOn);

            own.kill();
            Await.until(
                    "one has ended",
                    SOON,
                    () -> Command.of("pgrep", "-fx", "sleep 1").run().exit() != 0);
            own.up();

            Await.until("its end is known", SOON, () -> inspect(own, ends).contains("\"ExitCode\":9"));
            Await.until("the other's, too", SOON, () -> inspect(own, goesOn).contains("\"ExitCode\":8"));
        }
    }

    /** Of an exec that is not started yet: its id. */
    private static String create(Platform own, String id, String script) {
        String body = "{\"Cmd\":[\"sh\",\"-c\",\"" + script + "\"]}";
        String answer = ask(own, "/containers/" + id + "/exec", "-H", "Content-Type: application/json", "-d", body);
        return answer.replaceAll("\\W|Id", "");
    }

    private static void start(Platform own, String exec) {
        var _ = ask(own, "/exec/" + exec + "/start", "-H", "Content-Type: application/json", "-d", "{\"Detach\":true}");
    }

    private static String inspect(Platform own, String exec) {
        return ask(own, "/exec/" + exec + "/json");
    }

    private static String ask(Platform own, String path, String... more) {
        var words = new java.util.ArrayList<>(
                java.util.List.of("curl", "-s", "--unix-socket", own.socket.toString(), "http://localhost" + path));
        words.addAll(java.util.List.of(more));
        return Command.of(words.toArray(String[]::new)).run().orFail();
    }
}
