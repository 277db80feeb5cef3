package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application of two services with a network, a volume and a published port, by Debian's {@code docker-compose}. */
class ComposeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String APPLICATION = """
            version: "3.8"
            services:
              web:
                image: busybox
                command: sh -c 'mkdir -p /www && echo hello >/www/index.html && echo serving && exec httpd -f -p 80 -h /www'
                ports: ["80"]
                networks: [front]
                volumes: ["data:/www"]
                environment: {GREETING: hi}
                stop_signal: SIGKILL
              probe:
                image: busybox
                depends_on: [web]
                command: sh -c 'until wget -qO- http://web/; do sleep 0.1; done; echo probed; exec sleep 600'
                networks: [front]
                stop_grace_period: 0s
            networks:
              front: {}
            volumes:
              data: {}
            """;

    private Platform platform;
    private Path folder;

    @BeforeEach
    void writeTheApplication() throws IOException {
        Requirements.program("docker-compose");
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        folder = Files.createTempDirectory("caisson-compose-");
        var _ = Files.writeString(folder.resolve("docker-compose.yml"), APPLICATION);
    }

    @AfterEach
    void takeItDown() {
        var _ = command("down", "-v", "-t", "0").run();
        Places.delete(folder);
    }

    private Command command(String... words) {
        List<String> all = new ArrayList<>(List.of(
                "docker-compose",
                "--no-ansi",
                "-p",
                "composeit",
                "-f",
                folder.resolve("docker-compose.yml").toString()));
        all.addAll(List.of(words));
        return Command.of(all.toArray(String[]::new))
                .with("DOCKER_HOST", "unix://" + platform.socket)
                .within(PATIENCE);
    }

    private String compose(String... words) {
        return command(words).run().orFail();
    }

    @Test
    void shouldRunAnApplication() {
        compose("up", "-d");

        assertThat(compose("ps"))
                .contains("composeit_web_1", "composeit_probe_1")
                .contains("Up", "->80/tcp");
        Await.until("the probe reached the other by its name", PATIENCE, () -> compose("logs", "probe")
                .contains("probed"));
        assertThat(compose("exec", "-T", "web", "sh", "-c", "echo $GREETING; cat /www/index.html"))
                .isEqualTo("hi\nhello");
        assertThat(served(compose("port", "web", "80"))).isEqualTo("hello");

        compose("stop", "-t", "0");
        assertThat(compose("ps")).contains("Exit");
        compose("start");
        Await.until("it serves again", PATIENCE, () -> "hello".equals(served(compose("port", "web", "80"))));

        compose("down", "-v", "-t", "0");
        assertThat(remains()).isEmpty();
    }

    private static String served(String address) {
        String local = address.replace("0.0.0.0", "127.0.0.1");
        return Command.of("curl", "-s", "--max-time", "5", "http://" + local + "/")
                .run()
                .out()
                .strip();
    }

    private String remains() {
        String label = "label=com.docker.compose.project=composeit";
        return platform.docker("ps", "-aq", "--filter", label).run().orFail()
                + platform.docker("network", "ls", "-q", "--filter", label)
                        .run()
                        .orFail()
                + platform.docker("volume", "ls", "-q", "--filter", label).run().orFail();
    }
}
