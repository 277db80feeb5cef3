package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Containers outlive the platform, however it ends. */
class PlatformRestartIT {
    @Test
    void shouldFindItsContainersAgainWhenItWasStoppedOrKilled() throws Exception {
        try (Platform platform = Platform.start()) {
            TestImages.busyboxOn(platform);
            // Given one that goes on, one that ends meanwhile, one with a port
            String goesOn =
                    run(platform, "run", "-d", "busybox", "sh", "-c", "while :; do date +%s.%N; sleep 0.2; done");
            String ends = run(platform, "run", "-d", "busybox", "sh", "-c", "sleep 3; echo last words; exit 9");
            String serves = run(
                    platform,
                    "run",
                    "-d",
                    "-p",
                    "127.0.0.1::80",
                    "busybox",
                    "sh",
                    "-c",
                    "echo served >/index.html; exec httpd -f -p 80 -h /");
            String pid = run(platform, "inspect", "-f", "{{.State.Pid}}", goesOn);
            String port = run(platform, "port", serves, "80");

            // When the platform stops in order, and when it is killed
            platform.down();
            Await.until(
                    "it has ended",
                    Duration.ofSeconds(10),
                    () -> java.nio.file.Files.notExists(java.nio.file.Path.of("/proc/" + pid))
                            || Command.of("sh", "-c", "pgrep -f 'sleep 3; echo last word[s]'")
                                            .run()
                                            .exit()
                                    != 0);
            platform.up();
            checkAll(platform, goesOn, ends, pid, port);
            freeze(goesOn); // as a commit does, for a moment
            platform.kill();
            platform.up();

            // Then they are as if nothing had happened
            checkAll(platform, goesOn, ends, pid, port);
            assertThat(run(platform, "logs", ends)).isEqualTo("last words");
        }
    }

    private static void checkAll(Platform platform, String goesOn, String ends, String pid, String port) {
        assertThat(run(platform, "inspect", "-f", "{{.State.Status}} {{.State.Pid}}", goesOn))
                .isEqualTo("running " + pid);
        Await.until("the end that nobody saw is known", Duration.ofSeconds(20), () -> run(
                        platform, "inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", ends)
                .equals("exited 9"));
        Await.until("the port serves", Duration.ofSeconds(10), () -> Command.of(
                        "curl", "-sf", "--max-time", "2", "http://" + port + "/index.html")
                .run()
                .out()
                .equals("served\n"));
        int lines = run(platform, "logs", goesOn).split("\n").length;
        Await.until(
                "it writes on",
                Duration.ofSeconds(10),
                () -> run(platform, "logs", goesOn).split("\n").length > lines);
    }

    private static String run(Platform platform, String... words) {
        return platform.docker(words).run().orFail();
    }

    /** By the controller of version 1 where there is one. */
    private static void freeze(String container) {
        var _ = Command.of("sh", "-c", """
                        old=$(find /sys/fs/cgroup -path "*/$0/freezer.state")
                        new=$(find /sys/fs/cgroup -path "*/$0/cgroup.freeze")
                        if [ -n "$old" ]; then echo FROZEN >"$old"; else echo 1 >"$new"; fi
                        """, container).run().orFail();
    }
}
