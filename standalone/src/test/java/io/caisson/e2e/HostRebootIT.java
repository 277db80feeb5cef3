package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The host goes down without a word and comes up again: what lives in memory is gone, what is on the disk is not. */
class HostRebootIT {
    private static final String SHOWN =
            "{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
                    + " {{.NetworkSettings.Ports}}";

    @Test
    void shouldBringContainersBackAsTheirPoliciesSayWhenTheHostWasRestarted() throws IOException {
        try (Platform platform = Platform.start()) {
            TestImages.busyboxOn(platform);
            // Given containers of every policy, on the default network and on another
            run(platform, "network", "create", "other");
            sleeper(platform, "plain");
            sleeper(platform, "always", "--restart", "always");
            sleeper(platform, "served", "--restart", "always", "-p", "127.0.0.1:18931:80");
            sleeper(platform, "unless", "--restart", "unless-stopped", "--network", "other");
            sleeper(platform, "stopped", "--restart", "unless-stopped", "--network", "other");
            run(platform, "stop", "-t", "0", "stopped");
            List<String> back = List.of("always", "served", "unless");
            String before = shown(platform, back);
            Instance instance = Instance.of(platform);

            // When
            platform.kill();
            instance.losePower();
            platform.up();

            // Then those whose policy wants it run again, where they were
            Await.until(
                    "they are back",
                    Duration.ofSeconds(30),
                    () -> shown(platform, back).equals(before),
                    () -> before + "\n" + shown(platform, back) + "\n" + platform.tail());
            assertThat(shown(platform, List.of("plain"))).startsWith("/plain exited 255");
            assertThat(shown(platform, List.of("stopped"))).startsWith("/stopped exited 137");
            run(platform, "exec", "served", "sh", "-c", "echo served >/index.html; httpd -p 80 -h /");
            Await.until("the port serves", Duration.ofSeconds(10), () -> Command.of(
                            "curl", "-sf", "--max-time", "2", "http://127.0.0.1:18931/index.html")
                    .run()
                    .out()
                    .equals("served\n"));
            assertThat(text(platform, "run", "--rm", "--network", "other", "busybox", "nslookup", "unless"))
                    .contains("Address");

            // And nothing is left of what was before
            run(platform, "rm", "-f", "plain", "always", "served", "unless", "stopped");
            run(platform, "network", "rm", "other");
            Await.until("nothing is left", Duration.ofSeconds(20), () -> instance.leftovers()
                    .isEmpty());
        }
    }

    private static void sleeper(Platform platform, String name, String... options) {
        var words = new java.util.ArrayList<>(List.of("run", "-d", "--name", name));
        words.addAll(List.of(options));
        words.addAll(List.of("busybox", "sleep", "1000"));
        run(platform, words.toArray(String[]::new));
    }

    private static String shown(Platform platform, List<String> names) {
        var words = new java.util.ArrayList<>(List.of("inspect", "-f", SHOWN));
        words.addAll(names);
        return text(platform, words.toArray(String[]::new));
    }

    private static void run(Platform platform, String... words) {
        var _ = text(platform, words);
    }

    private static String text(Platform platform, String... words) {
        return platform.docker(words).run().orFail();
    }
}
