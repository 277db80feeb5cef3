package io.caisson.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamDial;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.image.api.FindImage;
import io.caisson.image.api.ImageDetail;
import io.caisson.image.api.ImageRemoval;
import io.caisson.image.api.Images;
import io.caisson.image.api.ImportImage;
import io.caisson.image.api.LoadImages;
import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.OpenLoad;
import io.caisson.image.api.RemoveImage;
import io.caisson.image.api.SaveImages;
import io.caisson.image.api.TagImage;
import io.caisson.image.document.JsonDocument;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.TestImage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArchiveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Ports ports;

    @Inject
    RecordingLayerStore layerStore;

    private Images images;

    @BeforeEach
    void connect() {
        images = ports.client(Images.class);
    }

    @Test
    void shouldKnowTheImageWhenADockerArchiveIsLoaded() throws Exception {
        // Given
        TestImage image = TestImage.of("amd64", Map.of("a", "one"), Map.of("b", "two"));

        // When
        List<LoadProgress> progress = load(dockerArchive(image, "loaded:v1"));

        // Then
        assertThat(progress.getLast()).isEqualTo(new LoadProgress.Loaded("Loaded image: loaded:v1"));
        assertThat(progress)
                .contains(new LoadProgress.Layer(
                        Digest.parse(image.diffIds().getFirst()).shortHex(),
                        image.layers().getFirst().length,
                        image.layers().getFirst().length));
        ImageDetail detail = inspect("loaded:v1");
        assertThat(detail.id()).hasToString(image.id());
        assertThat(detail.manifest()).isNull();
        assertThat(layerStore.archives).isEmpty();
    }

    @Test
    void shouldTellTheIdWhenTheImageHasNoName() throws Exception {
        // Given
        TestImage image = TestImage.of("amd64", Map.of("a", "nameless"));

        // When
        List<LoadProgress> progress = load(ociLayout(image));

        // Then
        assertThat(progress.getLast()).isEqualTo(new LoadProgress.Loaded("Loaded image ID: " + image.id()));
        assertThat(inspect(image.id()).manifest()).hasToString(image.manifestDigest());
    }

    @Test
    void shouldBeTheSameImageWhenSavedAndLoadedAgain() throws Exception {
        // Given
        TestImage image = TestImage.of("amd64", Map.of("a", "round"), Map.of("b", "trip"));
        var _ = load(dockerArchive(image, "trip:v1"));
        var _ = await(images.tag(new TagImage("trip:v1", Reference.parse("registry.example/trip:v2"))));

        // When
        byte[] saved = read(await(
                images.save(new SaveImages(LayerStoreDouble.NODE, List.of("trip", "registry.example/trip:v2"), null))));
        Map<String, byte[]> files = RecordingLayerStore.files(saved);
        var table = JsonDocument.read(files.get("manifest.json"), "test");
        var index = JsonDocument.read(files.get("index.json"), "test");
        ImageRemoval removal = await(images.remove(remove(image.id(), true)));
        List<LoadProgress> progress = load(saved);

        // Then
        assertThat(table.get(0).path("RepoTags").toString()).isEqualTo("[\"trip:v1\",\"registry.example/trip:v2\"]");
        assertThat(index.path("manifests")).hasSize(2);
        assertThat(files).containsKeys("oci-layout", "repositories");
        assertThat(removal.untagged()).containsExactly("trip:v1", "registry.example/trip:v2");
        assertThat(removal.deleted()).hasSize(3).startsWith(image.id());
        assertThat(progress)
                .endsWith(
                        new LoadProgress.Loaded("Loaded image: trip:v1"),
                        new LoadProgress.Loaded("Loaded image: registry.example/trip:v2"));
        assertThat(inspect("trip:v1").id()).hasToString(image.id());
        assertThat(inspect("trip:v1").manifest()).isNotNull();
    }

    @Test
    void shouldRefuseWhenTheArchiveHoldsNoImage() {
        // When / Then
        assertThatThrownBy(() -> load(TestImage.tar(Map.of("readme", "hello"))))
                .hasMessage("unrecognized image format");
        assertThatThrownBy(() -> load(TestImage.tar(
                        Map.of("manifest.json", "[{\"Config\":\"gone.json\",\"RepoTags\":null,\"Layers\":[]}]"))))
                .hasMessage("invalid archive: gone.json: no such file");
    }

    @Test
    void shouldMakeAnImageWhenARootFileSystemIsImported() throws Exception {
        // Given
        var upload = await(images.openLoad(new OpenLoad(LayerStoreDouble.NODE, true)));
        write(upload.target(), TestImage.tar(Map.of("etc/hostname", "imported")));

        // When
        ImageDetail detail = await(images.importRootfs(new ImportImage(
                LayerStoreDouble.NODE,
                upload.archive(),
                Reference.parse("imported:v1"),
                "",
                List.of("CMD [\"sh\",\"-c\",\"id\"]", "ENV A=b C=\"d e\"", "EXPOSE 80 53/udp"),
                null)));

        // Then
        assertThat(detail.repoTags()).containsExactly("imported:v1");
        assertThat(detail.config().config().cmd()).containsExactly("sh", "-c", "id");
        assertThat(detail.config().config().env()).containsExactly("A=b", "C=d e");
        assertThat(detail.config().config().exposedPorts()).containsExactlyInAnyOrder("80/tcp", "53/udp");
        var history = await(images.history(FindImage.of("imported:v1")));
        assertThat(history.steps().getFirst().comment()).isEqualTo("Imported from -");
        assertThat(history.steps().getFirst().size()).isEqualTo("imported".length());
    }

    @Test
    void shouldKeepSharedLayersWhenOneOfTwoImagesIsRemoved() throws Exception {
        // Given
        Map<String, String> shared = Map.of("base", "shared by two");
        TestImage one = TestImage.of("amd64", shared, Map.of("x", "only one"));
        TestImage other = TestImage.of("amd64", shared, Map.of("x", "only other"));
        var _ = load(dockerArchive(one, "share:one"));
        var _ = load(dockerArchive(other, "share:other"));

        // When
        ImageRemoval removal = await(images.remove(remove("share:one", false)));

        // Then
        assertThat(removal.untagged()).containsExactly("share:one");
        assertThat(removal.deleted())
                .containsExactly(
                        one.id(),
                        RemovalPlanner.chainIds(one.diffIds().stream()
                                        .map(Digest::parse)
                                        .toList())
                                .getLast()
                                .toString());
        assertThat(layerStore.layers)
                .containsKey(Digest.parse(one.diffIds().getFirst()))
                .doesNotContainKey(Digest.parse(one.diffIds().getLast()));
        assertThatThrownBy(() -> inspect("share:one")).hasMessage("No such image: share:one");
    }

    private static RemoveImage remove(String name, boolean force) {
        return new RemoveImage(name, force, false, List.of(), List.of());
    }

    private ImageDetail inspect(String name) {
        return await(images.inspect(FindImage.of(name)));
    }

    private List<LoadProgress> load(byte[] archive) throws IOException {
        var upload = await(images.openLoad(new OpenLoad(LayerStoreDouble.NODE, false)));
        write(upload.target(), archive);
        return images.load(new LoadImages(LayerStoreDouble.NODE, upload.archive(), null))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }

    private static void write(StreamTarget target, byte[] content) throws IOException {
        try (SocketChannel channel = StreamDial.open(target)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                var _ = channel.write(buffer);
            }
            channel.shutdownOutput();
            var _ = channel.read(ByteBuffer.allocate(1));
        }
    }

    private static byte[] read(StreamTarget target) throws IOException {
        try (SocketChannel channel = StreamDial.open(target)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    /** As Docker wrote it before version 25: no index, layers as plain tars. */
    private static byte[] dockerArchive(TestImage image, String name) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("config.json", image.config());
        var layers = new StringBuilder();
        for (int i = 0; i < image.layers().size(); i++) {
            files.put(i + "/layer.tar", image.layers().get(i));
            layers.append(i == 0 ? "" : ",").append("\"./").append(i).append("/layer.tar\"");
        }
        String table = "[{\"Config\":\"config.json\",\"RepoTags\":[\"" + name + "\"],\"Layers\":[" + layers + "]}]";
        files.put("manifest.json", table.getBytes(StandardCharsets.UTF_8));
        return TestImage.tarOfBytes(files);
    }

    private static byte[] ociLayout(TestImage image) {
        Map<String, byte[]> files = new HashMap<>();
        image.blobs().forEach(blob -> putBlob(files, blob));
        putBlob(files, image.config());
        putBlob(files, image.manifest());
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        files.put("index.json", TestImage.index(Map.of("amd64", image)));
        return TestImage.tarOfBytes(files);
    }

    private static void putBlob(Map<String, byte[]> files, byte[] content) {
        files.put("blobs/sha256/" + Digest.sha256(content).hex(), content);
    }
}
