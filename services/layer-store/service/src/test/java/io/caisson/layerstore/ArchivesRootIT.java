package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamDial;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.AdoptLayer;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.layerstore.api.ArchiveRef;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.OpenArchive;
import io.caisson.layerstore.api.WriteArchive;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.tar.TarReader;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.TarBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Root
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArchivesRootIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId NODE = new NodeId("local");

    @Inject
    Ports ports;

    @Inject
    LayerFolders folders;

    @Inject
    OpenArchives archives;

    private LayerStore store;

    @BeforeEach
    void open() {
        store = ports.client(LayerStore.class);
    }

    private ArchiveRef upload(byte[] bytes, boolean whole) throws IOException {
        var opened = store.openArchive(new OpenArchive(NODE, whole)).await().atMost(PATIENCE);
        try (SocketChannel channel = StreamDial.open(opened.upload())) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                int _ = channel.write(buffer);
            }
            channel.shutdownOutput();
            int _ = channel.read(ByteBuffer.allocate(1)); // until the other side has read all
        }
        return new ArchiveRef(NODE, opened.id());
    }

    private ArchiveListing listing(ArchiveRef archive) {
        return store.awaitArchive(archive).await().atMost(PATIENCE);
    }

    private static byte[] layer() {
        return new TarBuilder().file("f-" + Ids.hex(16), "content").build();
    }

    @Test
    void shouldTellWhatIsInAnArchiveAndMakeLayersOfItWhenLoaded() throws IOException {
        // Given
        byte[] plain = layer();
        byte[] zipped = TarBuilder.gzip(plain);
        byte[] archive = new TarBuilder()
                .file("manifest.json", "[{\"Config\":\"c.json\"}]")
                .file("a/layer.tar", plain)
                .symlink("b/layer.tar", "../a/layer.tar")
                .hardlink("c/layer.tar", "b/layer.tar")
                .file("blobs/sha256/x", zipped)
                .gzip();

        // When
        ArchiveRef ref = upload(archive, false);
        ArchiveListing listing = listing(ref);
        var fromLink = store.adoptLayer(new AdoptLayer(NODE, ref.id(), "c/layer.tar", null))
                .await()
                .atMost(PATIENCE);
        var again = store.adoptLayer(new AdoptLayer(NODE, ref.id(), "blobs/sha256/x", Digest.sha256(plain)))
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(listing.entries().get("manifest.json").text()).isEqualTo("[{\"Config\":\"c.json\"}]");
        assertThat(listing.entries().get("b/layer.tar").digest()).isEqualTo(Digest.sha256(plain));
        assertThat(listing.entries().get("a/layer.tar").text()).isNull();
        assertThat(fromLink.diffId()).isEqualTo(Digest.sha256(plain));
        assertThat(fromLink.blob().mediaType()).isEqualTo(MediaTypes.DOCKER_LAYER);
        assertThat(again).isEqualTo(fromLink);
        store.closeArchive(ref).await().atMost(PATIENCE);
        store.closeArchive(ref).await().atMost(PATIENCE);
        assertThat(LayerFolders.list(folders.tmp())).isEmpty();
    }

    @Test
    void shouldMakeOneLayerOfAllWhenImported() throws IOException {
        // Given a root file system in xz, which registries do not know
        byte[] plain = layer();
        var packed = new ByteArrayOutputStream();
        try (var xz = new XZCompressorOutputStream(packed)) {
            xz.write(plain);
        }

        // When
        ArchiveRef ref = upload(packed.toByteArray(), true);
        var info = store.adoptLayer(new AdoptLayer(NODE, ref.id(), "", null))
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(info.diffId()).isEqualTo(Digest.sha256(plain));
        assertThat(info.blob().digest()).isEqualTo(Digest.sha256(plain));
        assertThat(info.blob().size()).isEqualTo(plain.length);
        store.closeArchive(ref).await().atMost(PATIENCE);
    }

    @Test
    void shouldRefuseWhenItIsNoArchiveOrNotTheExpectedLayer() throws IOException {
        ArchiveRef text = upload("not a tar at all".repeat(1000).getBytes(StandardCharsets.UTF_8), false);
        ArchiveRef ref = upload(new TarBuilder().file("layer.tar", layer()).build(), false);

        assertThatThrownBy(() -> listing(text))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.INVALID))
                .hasMessageContaining("invalid tar header");
        assertThatThrownBy(() -> store.adoptLayer(
                                new AdoptLayer(NODE, ref.id(), "layer.tar", Digest.sha256(new byte[] {1})))
                        .await()
                        .atMost(PATIENCE))
                .hasMessageStartingWith("invalid diffID for layer");
        store.closeArchive(text).await().atMost(PATIENCE);
        store.closeArchive(ref).await().atMost(PATIENCE);
        assertThat(LayerFolders.list(folders.tmp())).isEmpty();
        assertThatThrownBy(() -> listing(ref)).hasMessageStartingWith("no such archive");
    }

    @Test
    void shouldGiveUpAnArchiveWhenNobodyUsesItAnyMore() throws IOException {
        // Given one whose bytes have come, and one that nobody ever dialled
        byte[] archive = new TarBuilder().file("layer.tar", layer()).build();
        var received = upload(archive, false);
        var silent = store.openArchive(new OpenArchive(NODE, false)).await().atMost(PATIENCE);

        // When
        archives.sweep(PATIENCE).await().atMost(PATIENCE);
        var listing = listing(received);
        archives.sweep(Duration.ZERO).await().atMost(PATIENCE);

        // Then
        assertThat(listing.entries()).containsKey("layer.tar");
        assertThat(LayerFolders.list(folders.tmp())).isEmpty();
        for (String id : List.of(received.id(), silent.id())) {
            assertThatThrownBy(() -> listing(new ArchiveRef(NODE, id))).hasMessageStartingWith("no such archive");
        }
    }

    @Test
    void shouldWriteATarOfTextsAndBlobsWhenSaved() throws IOException {
        // Given
        byte[] zipped = TarBuilder.gzip(layer());
        ArchiveRef ref = upload(zipped, true);
        var info = store.adoptLayer(new AdoptLayer(NODE, ref.id(), "", null))
                .await()
                .atMost(PATIENCE);

        // When
        StreamTarget target = store.writeArchive(new WriteArchive(
                        NODE,
                        List.of(
                                new WriteArchive.Entry.Inline("manifest.json", "[]"),
                                new WriteArchive.Entry.Blob("blobs/sha256/x", info.diffId()))))
                .await()
                .atMost(PATIENCE);

        // Then
        try (SocketChannel channel = StreamDial.open(target)) {
            var tar = new TarReader(
                    new ByteArrayInputStream(Channels.newInputStream(channel).readAllBytes()));
            assertThat(tar.next().path()).isEqualTo("manifest.json");
            assertThat(tar.content().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("[]");
            assertThat(tar.next().path()).isEqualTo("blobs/sha256/x");
            assertThat(tar.content().readAllBytes()).isEqualTo(zipped);
            assertThat(tar.next()).isNull();
        }
        store.closeArchive(ref).await().atMost(PATIENCE);
        var missing = new FindMissing(NODE, List.of(info.diffId()));
        assertThat(store.missing(missing).await().atMost(PATIENCE).diffIds()).isEmpty();
    }
}
