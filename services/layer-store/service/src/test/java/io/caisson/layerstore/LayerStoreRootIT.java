package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.RemoveLayers;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.linux.Fd;
import io.caisson.linux.Mounts;
import io.caisson.linux.Namespaces;
import io.caisson.linux.file.FileStat;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.TarBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Root
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LayerStoreRootIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId NODE = new NodeId("local");

    @Inject
    Ports ports;

    @Inject
    LayerFolders folders;

    @Inject
    ReconcileSequence reconcile;

    private LayerStore store;
    private BlobServer server;

    @BeforeEach
    void open() throws IOException {
        store = ports.client(LayerStore.class);
        server = new BlobServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A layer that no other test has. */
    private static TarBuilder tar() {
        return new TarBuilder().file("unique-" + Ids.hex(16), Ids.hex(4096).repeat(20));
    }

    private static FetchLayer fetch(byte[] plain, byte[] blob, String... urls) {
        var descriptor = Descriptor.of(MediaTypes.DOCKER_LAYER_GZIP, Digest.sha256(blob), blob.length);
        return new FetchLayer(
                NODE, descriptor, Digest.sha256(plain), new BlobSource(List.of(urls), "Bearer secret", false));
    }

    private List<LayerProgress> run(FetchLayer command) {
        return store.fetch(command).collect().asList().await().atMost(PATIENCE);
    }

    private Digest have(TarBuilder tar) {
        byte[] plain = tar.build();
        byte[] blob = TarBuilder.gzip(plain);
        assertThat(run(fetch(plain, blob, server.add("good", blob)))).isNotEmpty();
        return Digest.sha256(plain);
    }

    private boolean isMissing(Digest diffId) {
        var missing =
                store.missing(new FindMissing(NODE, List.of(diffId))).await().atMost(PATIENCE);
        return !missing.diffIds().isEmpty();
    }

    private void assertNothingLeft() throws IOException {
        assertThat(LayerFolders.list(folders.tmp())).isEmpty();
    }

    @Test
    void shouldHaveTheLayerWhenFetched() throws IOException {
        // Given
        byte[] plain = tar().build();
        byte[] blob = TarBuilder.gzip(plain);

        // When
        var progress = run(fetch(plain, blob, server.url("/good/nothing"), server.add("good", blob)));

        // Then
        Digest diffId = Digest.sha256(plain);
        assertThat(progress).last().isInstanceOfSatisfying(LayerProgress.Ready.class, ready -> assertThat(
                        ready.diffId())
                .isEqualTo(diffId));
        assertThat(isMissing(diffId)).isFalse();
        var info = store.describe(new DescribeLayers(NODE, List.of(diffId)))
                .await()
                .atMost(PATIENCE)
                .layers()
                .getFirst();
        assertThat(info.blob().digest()).isEqualTo(Digest.sha256(blob));
        assertThat(info.size()).isEqualTo(4096 * 20);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "rude", "stalled", "moved"})
    void shouldGetThereWhenTheServerIsDifficult(String manner) {
        byte[] plain = tar().build();
        byte[] blob = TarBuilder.gzip(plain);

        run(fetch(plain, blob, server.add(manner, blob)));

        assertThat(isMissing(Digest.sha256(plain))).isFalse();
        assertThat(server.requests.getFirst()).endsWith("Bearer secret");
        if (manner.equals("moved")) {
            assertThat(server.requests.getLast()).endsWith("null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "down", "always-cut", "lying"})
    void shouldFailAndLeaveNothingWhenTheServerDoes(String manner) throws IOException {
        byte[] plain = tar().build();
        byte[] blob = TarBuilder.gzip(plain);
        var kind =
                switch (manner) {
                    case "private" -> Fault.Kind.UNAUTHORIZED;
                    case "lying" -> Fault.Kind.INVALID;
                    default -> Fault.Kind.UNAVAILABLE;
                };

        assertThatThrownBy(() -> run(fetch(plain, blob, server.add(manner, blob))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));

        assertThat(isMissing(Digest.sha256(plain))).isTrue();
        assertNothingLeft();
    }

    @Test
    void shouldRefuseWhenTheContentIsNotWhatItsDigestsSay() throws IOException {
        byte[] plain = tar().build();
        byte[] blob = TarBuilder.gzip(plain);
        byte[] other = blob.clone();
        other[other.length / 2] ^= 1;
        String url = server.add("good", other);

        assertThatThrownBy(() -> run(fetch(plain, blob, url)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.INVALID))
                .hasMessage("filesystem layer verification failed for digest " + Digest.sha256(blob));
        assertThatThrownBy(() -> run(fetch(tar().build(), blob, server.add("good", blob))))
                .hasMessageStartingWith("invalid diffID for layer");
        byte[] noTar = TarBuilder.gzip(Arrays.copyOf(plain, 700));
        assertThatThrownBy(() -> run(fetch(plain, noTar, server.add("good", noTar))))
                .hasMessage("failed to register layer: unexpected EOF");
        assertNothingLeft();
    }

    @Test
    void shouldFetchOnceWhenSeveralAskAndStopWhenAllHaveGone() throws IOException {
        // Given a download that waits
        byte[] plain = tar().build();
        byte[] blob = TarBuilder.gzip(plain);
        var command = fetch(plain, blob, server.add("gated", blob));
        var first = AssertSubscriber.<LayerProgress>create(100);
        var second = AssertSubscriber.<LayerProgress>create(100);
        store.fetch(command).subscribe(first);
        store.fetch(command).subscribe(second);
        await(() -> server.requests.size() == 1);

        // When one goes away
        first.cancel();
        server.open();

        // Then the other gets it
        second.awaitCompletion(PATIENCE);
        assertThat(server.requests).hasSize(1);
        assertThat(isMissing(Digest.sha256(plain))).isFalse();
        assertNothingLeft();
    }

    @Test
    void shouldLeaveNothingWhenCancelled() {
        byte[] plain = tar().build();
        byte[] blob = TarBuilder.gzip(plain);
        var reader = AssertSubscriber.<LayerProgress>create(100);
        store.fetch(fetch(plain, blob, server.add("gated", blob))).subscribe(reader);
        await(() -> server.requests.size() == 1);

        reader.cancel();

        await(() -> LayerFolders.list(folders.tmp()).isEmpty());
        assertThat(isMissing(Digest.sha256(plain))).isTrue();
    }

    @Test
    void shouldShowAllLayersWhenTheSnapshotIsMounted() throws IOException {
        // Given
        Digest base = have(tar().mode(0555)
                .owner(3, 4)
                .dir("./")
                .owner(0, 0)
                .mode(0755)
                .dir("etc")
                .file("etc/gone", "x")
                .file("etc/kept", "base")
                .dir("hidden")
                .file("hidden/old", "x"));
        Digest middle = have(tar().whiteout("etc/gone").opaque("hidden").file("hidden/new", "y"));
        Digest top = have(tar().file("etc/kept", "top"));
        var id = new SnapshotId(Ids.hex64());

        // When
        var snapshot = store.prepare(new PrepareSnapshot(NODE, id, List.of(base, base, middle, top)))
                .await()
                .atMost(PATIENCE);

        // Then
        mounted(snapshot, merged -> {
            assertThat(merged.resolve("etc/gone")).doesNotExist();
            assertThat(merged.resolve("etc/kept")).hasContent("top");
            assertThat(merged.resolve("hidden/new")).hasContent("y");
            assertThat(FileStat.of(merged).mode()).isEqualTo(0555);
            assertThat(FileStat.of(merged).uid()).isEqualTo(3);
            Files.writeString(merged.resolve("written"), "12345");
        });
        var usage = store.usage(new SnapshotRef(NODE, id)).await().atMost(PATIENCE);
        assertThat(usage.writable()).isEqualTo(5);
    }

    private interface Look {
        void at(Path merged) throws IOException;
    }

    private static void mounted(SnapshotInfo snapshot, Look look) {
        try (Fd namespace = Namespaces.newMounts()) {
            boolean _ = Namespaces.inMounts(namespace, () -> {
                Path merged = Path.of(snapshot.upperDir()).resolveSibling("merged");
                Mounts.mount(
                        "overlay",
                        merged,
                        "overlay",
                        0,
                        String.join(",", snapshot.mount().options()));
                look.at(merged);
                return true;
            });
        }
    }

    @Test
    void shouldMountAnEmptyRootWhenThereAreNoLayers() {
        var id = new SnapshotId(Ids.hex64());

        var snapshot =
                store.prepare(new PrepareSnapshot(NODE, id, List.of())).await().atMost(PATIENCE);

        mounted(snapshot, merged -> assertThat(merged).isEmptyDirectory());
    }

    @Test
    void shouldMountWhenThereAreAsManyLayersAsAllowed() {
        List<Digest> layers = IntStream.range(0, 40)
                .mapToObj(i -> have(new TarBuilder().file("f" + i, Ids.hex(16))))
                .toList();
        var id = new SnapshotId(Ids.hex64());

        var snapshot =
                store.prepare(new PrepareSnapshot(NODE, id, layers)).await().atMost(PATIENCE);

        mounted(snapshot, merged -> assertThat(merged.resolve("f39")).exists());
        var tooMany =
                new PrepareSnapshot(NODE, new SnapshotId(Ids.hex64()), Collections.nCopies(128, layers.getFirst()));
        assertThatThrownBy(() -> store.prepare(tooMany).await().atMost(PATIENCE))
                .hasMessage("max depth exceeded");
    }

    @Test
    void shouldAnswerTheSameWhenPreparedTwiceAndRefuseOtherLayers() {
        Digest layer = have(tar());
        var id = new SnapshotId(Ids.hex64());
        var command = new PrepareSnapshot(NODE, id, List.of(layer));

        var first = store.prepare(command).await().atMost(PATIENCE);
        var second = store.prepare(command).await().atMost(PATIENCE);

        assertThat(second).isEqualTo(first);
        assertThatThrownBy(() -> store.prepare(new PrepareSnapshot(NODE, id, List.of()))
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.CONFLICT));
        assertThatThrownBy(() -> store.prepare(new PrepareSnapshot(
                                NODE, new SnapshotId(Ids.hex64()), List.of(Digest.sha256(new byte[] {1, 2}))))
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
    }

    @Test
    void shouldKeepLayersThatASnapshotUsesWhenTheyAreRemoved() {
        // Given
        Digest used = have(tar());
        Digest free = have(tar());
        var id = new SnapshotId(Ids.hex64());
        var snapshot = store.prepare(new PrepareSnapshot(NODE, id, List.of(used)))
                .await()
                .atMost(PATIENCE);
        var removal = new RemoveLayers(NODE, List.of(used, free));

        // When
        var removed = store.removeLayers(removal).await().atMost(PATIENCE);

        // Then
        assertThat(removed.diffIds()).containsExactly(free);
        assertThat(removed.bytes()).isPositive();
        assertThat(isMissing(used)).isFalse();
        store.removeSnapshot(new SnapshotRef(NODE, id)).await().atMost(PATIENCE);
        store.removeSnapshot(new SnapshotRef(NODE, id)).await().atMost(PATIENCE);
        assertThat(Path.of(snapshot.upperDir())).doesNotExist();
        assertThat(store.removeLayers(removal).await().atMost(PATIENCE).diffIds())
                .containsExactly(used);
    }

    @Test
    void shouldAgreeAgainWhenACrashLeftTraces() throws IOException {
        // Given a layer that lost its link, one that lost its files, files of nobody, and half a download
        Digest kept = have(tar());
        Digest lost = have(tar());
        Path keptFolder = folderOf(kept);
        Path lostFolder = folderOf(lost);
        Files.delete(folders.link(linkOf(keptFolder)));
        Files.move(lostFolder, folders.temporary("gone").resolve("x"));
        Path nobodys = Files.createDirectory(folders.layers().resolve("0".repeat(64) + ".abcd"));
        Path snapshot = Files.createDirectory(folders.snapshots().resolve("some.efgh"));

        // When
        reconcile.reconcile().await().atMost(PATIENCE);

        // Then
        assertThat(isMissing(kept)).isFalse();
        assertThat(folders.link(linkOf(keptFolder))).exists();
        assertThat(isMissing(lost)).isTrue();
        assertThat(nobodys).doesNotExist();
        assertThat(snapshot).doesNotExist();
        assertThat(Files.exists(folders.link(linkOf(lostFolder)), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertNothingLeft();
    }

    private Path folderOf(Digest diffId) throws IOException {
        return LayerFolders.list(folders.layers()).stream()
                .filter(folder -> folder.getFileName().toString().startsWith(diffId.hex()))
                .findFirst()
                .orElseThrow();
    }

    private static String linkOf(Path folder) {
        String name = folder.getFileName().toString();
        return name.substring(name.indexOf('.') + 1);
    }

    private static void await(Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
