package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.RemoveLayers;
import io.caisson.layerstore.download.BlobDownloads;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.TarBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer store on a file system that is too small for what it fetches. */
@Root
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FullDiskRootIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId NODE = new NodeId("local");
    private static final int LAYER = 6 << 20;

    @TempDir
    Path disk;

    @Inject
    Ports ports;

    @Inject
    LayerStoreSettings settings;

    @Inject
    BlobDownloads downloads;

    @Inject
    LayerNaming naming;

    private BlobServer server;
    private LayerFolders folders;
    private Trash trash;
    private FetchSequence fetch;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        server = new BlobServer();
        folders = new LayerFolders(disk.resolve("layers"));
        folders.make();
        trash = new Trash(folders);
        fetch = new FetchSequence(settings, downloads, folders, new ShortLinks(folders), trash, naming);
    }

    @AfterEach
    void unmount() throws Exception {
        server.close();
        trash.close();
        run("umount", "-l", disk.toString());
    }

    @Test
    void shouldLeaveNothingAndWorkAgainWhenTheDiskWasFull() throws Exception {
        // Given a layer that does not fit
        byte[] content = new byte[LAYER];
        new Random(System.nanoTime()).nextBytes(content);
        byte[] plain = new TarBuilder()
                .file("big", new String(content, StandardCharsets.ISO_8859_1))
                .build();
        byte[] blob = TarBuilder.gzip(plain);
        var descriptor = Descriptor.of(MediaTypes.DOCKER_LAYER_GZIP, Digest.sha256(blob), blob.length);
        Digest diffId = Digest.sha256(plain);
        var from = new BlobSource(List.of(server.add("good", blob)), null, false);
        var command = new FetchLayer(NODE, descriptor, diffId, from);

        // When / Then
        assertThatThrownBy(() -> run(command)).hasMessage("no space left on device");
        for (Path folder : List.of(folders.tmp(), folders.layers(), folders.links())) {
            assertThat(LayerFolders.list(folder)).isEmpty();
        }
        assertThat(isMissing(diffId)).isTrue();

        // When there is room
        run("mount", "-o", "remount,size=64m", disk.toString());
        assertThat(run(command)).last().isInstanceOf(LayerProgress.Ready.class);

        // Then
        assertThat(isMissing(diffId)).isFalse();
        assertThat(LayerFolders.list(folders.layers())).hasSize(1);
        var _ = ports.client(LayerStore.class)
                .removeLayers(new RemoveLayers(NODE, List.of(diffId)))
                .await()
                .atMost(PATIENCE);
    }

    private List<LayerProgress> run(FetchLayer command) {
        return fetch.fetch(command).collect().asList().await().atMost(PATIENCE);
    }

    private boolean isMissing(Digest diffId) {
        var missing = ports.client(LayerStore.class)
                .missing(new FindMissing(NODE, List.of(diffId)))
                .await()
                .atMost(PATIENCE);
        return !missing.diffIds().isEmpty();
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }
}
