package io.caisson.engine.api.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.PullProgress;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProgressMappingTest {
    private static final Digest LAYER = Digest.parse("sha256:" + "ab".repeat(32));

    private static String lines(PullProgress progress) {
        return ProgressMapping.pull(progress).stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    private static String moved(LayerProgress progress) {
        return lines(new PullProgress.LayerMoved(LAYER, progress));
    }

    @Test
    void shouldWriteAPullAsDockerDoes() {
        assertThat(lines(new PullProgress.Started("library/busybox", "latest")))
                .isEqualTo("{\"status\":\"Pulling from library/busybox\",\"id\":\"latest\"}\r\n");
        assertThat(lines(new PullProgress.LayerQueued(LAYER)))
                .isEqualTo("{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"abababababab\"}\r\n");
        assertThat(moved(new LayerProgress.Downloading(1_500_000, 3_000_000)))
                .isEqualTo("{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1500000,\"total\":3000000},"
                        + "\"progress\":\"[=========================>                         ]    1.5MB/3MB\","
                        + "\"id\":\"abababababab\"}\r\n");
        assertThat(moved(new LayerProgress.Ready(LAYER, 7)))
                .isEqualTo("{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"abababababab\"}\r\n");
        assertThat(lines(new PullProgress.Pulled(LAYER, LAYER, true, "busybox:latest")))
                .isEqualTo("{\"status\":\"Digest: " + LAYER + "\"}\r\n"
                        + "{\"status\":\"Status: Downloaded newer image for busybox:latest\"}\r\n");
        assertThat(lines(new PullProgress.Pulled(LAYER, LAYER, false, "busybox:latest")))
                .endsWith("{\"status\":\"Status: Image is up to date for busybox:latest\"}\r\n");
    }

    @Test
    void shouldWriteErrorsAndLoads() {
        assertThat(new String(ProgressLine.error("no \"luck\"").bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"errorDetail\":{\"message\":\"no \\\"luck\\\"\"},\"error\":\"no \\\"luck\\\"\"}\r\n");
        assertThat(new String(
                        ProgressMapping.load(new LoadProgress.Loaded("Loaded image: a:b"))
                                .bytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"stream\":\"Loaded image: a:b\\n\"}\r\n");
    }

    @Test
    void shouldWriteSizesWithFourDigits() {
        assertThat(ProgressBar.size(0)).isEqualTo("0B");
        assertThat(ProgressBar.size(999)).isEqualTo("999B");
        assertThat(ProgressBar.size(1234)).isEqualTo("1.234kB");
        assertThat(ProgressBar.size(123_456_789)).isEqualTo("123.5MB");
    }
}
