package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Much data through attached streams, both ways. */
class StreamsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long GIBIBYTE = 1L << 30;

    private Platform platform;

    @BeforeEach
    void shareAPlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    @Test
    void shouldShowTheAttributesOfALogWhenAskedForDetails() {
        try {
            var _ = platform.docker(
                            "run",
                            "--name",
                            "told",
                            "--label",
                            "app=a b",
                            "-e",
                            "TIER=y",
                            "--log-opt",
                            "labels=app",
                            "--log-opt",
                            "env=TIER",
                            "busybox",
                            "echo",
                            "hi")
                    .run()
                    .orFail();

            assertThat(platform.docker("logs", "told").run().orFail()).isEqualTo("hi");
            assertThat(platform.docker("logs", "--details", "told").run().orFail())
                    .isEqualTo("TIER=y,app=a+b hi");
        } finally {
            var _ = platform.docker("rm", "-f", "told").run();
        }
    }

    @Test
    void shouldPassAGigabyteInWithFlatMemoryAndEndTheInput() throws IOException {
        // Given
        String source =
                "head -c " + GIBIBYTE + " /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 -nosalt 2>/dev/null";
        String expected = shell(source + " | md5sum");
        long before = residentKiB();

        // When
        String sum = shell(source + " | docker run -i --rm busybox md5sum");

        // Then
        assertThat(sum).isEqualTo(expected);
        assertThat(residentKiB() - before).isLessThan(100 * 1024);
    }

    @Test
    void shouldPassAGigabyteOut() {
        String sum =
                shell("docker run --rm --log-driver none busybox sh -c 'head -c " + GIBIBYTE + " /dev/zero' | md5sum");

        assertThat(sum).isEqualTo(shell("head -c " + GIBIBYTE + " /dev/zero | md5sum"));
    }

    private String shell(String script) {
        return Command.of("bash", "-o", "pipefail", "-c", script)
                .with("DOCKER_HOST", "unix://" + platform.socket)
                .within(PATIENCE)
                .run()
                .orFail();
    }

    private long residentKiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + platform.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
