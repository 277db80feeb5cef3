package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.layerstore.api.BlobTarget;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.UploadLayer;
import io.caisson.layerstore.api.UploadProgress;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.TarBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Root
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UploadRootIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId NODE = new NodeId("local");

    @Inject
    Ports ports;

    private LayerStore store;
    private BlobServer source;
    private UploadServer registry;

    @BeforeEach
    void open() throws IOException {
        store = ports.client(LayerStore.class);
        source = new BlobServer();
        registry = new UploadServer();
    }

    @AfterEach
    void close() {
        source.close();
        registry.close();
    }

    @Test
    void shouldSendTheBlobAsItCameWhenItIsCompressed() {
        byte[] plain = tar();
        byte[] blob = TarBuilder.gzip(plain);
        Digest diffId = have(plain, blob, MediaTypes.DOCKER_LAYER_GZIP);

        var sent = upload(diffId, "/good/kept");

        assertThat(sent.blob().digest()).isEqualTo(Digest.sha256(blob));
        assertThat(sent.location()).isEqualTo(registry.url("/committed?state=1"));
        assertThat(registry.received.get("/good/kept")).isEqualTo(blob);
        assertThat(registry.requests).containsExactly("PATCH /good/kept " + blob.length + " Bearer secret");
    }

    @Test
    void shouldCompressTheSameWayEachTimeWhenTheLayerIsPlain() throws IOException {
        // Given
        byte[] plain = tar();
        Digest diffId = have(plain, plain, MediaTypes.DOCKER_LAYER);
        assertThat(form(diffId)).isNull();

        // When
        var first = upload(diffId, "/good/first");
        var second = upload(diffId, "/good/second");

        // Then
        byte[] bytes = registry.received.get("/good/first");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
                .isEqualTo(plain);
        assertThat(first.blob())
                .isEqualTo(Descriptor.of(MediaTypes.DOCKER_LAYER_GZIP, Digest.sha256(bytes), bytes.length));
        assertThat(second.blob()).isEqualTo(first.blob());
        assertThat(form(diffId)).isEqualTo(first.blob());
    }

    @ParameterizedTest
    @CsvSource({"private,UNAUTHORIZED", "denied,FORBIDDEN", "down,UNAVAILABLE", "silent,UNAVAILABLE"})
    void shouldTellWhetherItIsWorthTryingAgainWhenTheRegistryRefuses(String manner, Fault.Kind kind) {
        byte[] plain = tar();
        Digest diffId = have(plain, plain, MediaTypes.DOCKER_LAYER);

        assertThatThrownBy(() -> upload(diffId, "/" + manner + "/x"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }

    @Test
    void shouldFreeItsPlaceWhenCancelled() {
        byte[] plain = tar();
        Digest diffId = have(plain, plain, MediaTypes.DOCKER_LAYER);

        for (int i = 0; i < 8; i++) {
            var subscriber = AssertSubscriber.<UploadProgress>create(10);
            store.upload(command(diffId, "/silent/x")).subscribe().withSubscriber(subscriber);
            subscriber.cancel();
        }

        assertThat(upload(diffId, "/good/after")).isNotNull();
    }

    private static byte[] tar() {
        return new TarBuilder()
                .file("unique-" + Ids.hex(16), Ids.hex(4096).repeat(50))
                .build();
    }

    private Digest have(byte[] plain, byte[] blob, String mediaType) {
        Digest diffId = Digest.sha256(plain);
        var descriptor = Descriptor.of(mediaType, Digest.sha256(blob), blob.length);
        var from = new BlobSource(List.of(source.add("good", blob)), null, false);
        var _ = store.fetch(new FetchLayer(NODE, descriptor, diffId, from))
                .collect()
                .last()
                .await()
                .atMost(PATIENCE);
        return diffId;
    }

    private Descriptor form(Digest diffId) {
        return store.forms(new DescribeLayers(NODE, List.of(diffId)))
                .await()
                .atMost(PATIENCE)
                .layers()
                .getFirst()
                .blob();
    }

    private UploadLayer command(Digest diffId, String path) {
        return new UploadLayer(NODE, diffId, new BlobTarget(registry.url(path), "Bearer secret", false));
    }

    private UploadProgress.Sent upload(Digest diffId, String path) {
        return (UploadProgress.Sent)
                store.upload(command(diffId, path)).collect().last().await().atMost(PATIENCE);
    }
}
