package io.caisson.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.engine.api.container.ContainerInspect;
import io.caisson.engine.api.container.ContainerSummary;
import io.caisson.engine.api.container.Sizes;
import io.caisson.engine.api.image.ImageInspect;
import io.caisson.engine.api.image.ImageSummary;
import io.caisson.engine.api.system.EventMessage;
import io.caisson.image.api.ImageDetail;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole documents, at the versions that pinned clients use. To accept a change, run with {@code -Dgolden.write} and read the
 * difference.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private static void check(String name, int minor, Object document) throws IOException {
        Path file = FOLDER.resolve(name + "-1." + minor + ".json");
        String actual = Samples.pretty(document) + "\n";
        if (System.getProperty("golden.write") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {44, 50, 52})
    void shouldShowAContainer(int minor) throws IOException {
        var version = new ApiVersion(1, minor);
        var now = Samples.CREATED.plusSeconds(6);

        check("container-inspect", minor, ContainerInspect.of(Samples.running(), null, version));
        check("container-summary", minor, ContainerSummary.of(Samples.running(), new Sizes(5, 7), version, now));
    }

    @ParameterizedTest
    @ValueSource(ints = {43, 44, 50, 52})
    void shouldShowAnImage(int minor) throws IOException {
        var version = new ApiVersion(1, minor);
        var execution = new ImageConfig.Execution(
                null,
                List.of("80/tcp"),
                List.of("PATH=/bin"),
                null,
                List.of("sh"),
                List.of(),
                null,
                Map.of("a", "b"),
                null,
                null,
                null,
                null,
                false);
        var config = new ImageConfig(
                "amd64",
                "linux",
                null,
                "2026-01-02T03:04:05Z",
                null,
                execution,
                new ImageConfig.RootFs("layers", List.of(Digest.parse("sha256:" + "cd".repeat(32)))),
                List.of());
        var image = new ImageDetail(
                new NodeId("local"),
                Digest.parse("sha256:" + "ab".repeat(32)),
                null,
                config,
                List.of("busybox:latest"),
                List.of(),
                4_000_000,
                Samples.CREATED,
                Samples.CREATED);

        check("image-inspect", minor, ImageInspect.of(image, version));
        check("image-summary", minor, ImageSummary.of(image, 2, version));
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 52})
    void shouldShowAnEvent(int minor) throws IOException {
        var event = new Event(
                "local",
                "container",
                "die",
                "c".repeat(64),
                Map.of("image", "busybox", "name", "web", "exitCode", "3"),
                1_767_323_045_000_000_007L);

        check("event", minor, EventMessage.of(event, new ApiVersion(1, minor)));
    }
}
