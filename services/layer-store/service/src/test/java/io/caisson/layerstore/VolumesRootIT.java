package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.layerstore.api.CreateVolume;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.ListVolumes;
import io.caisson.layerstore.api.PopulateVolume;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.VolumeInfo;
import io.caisson.layerstore.api.VolumeRef;
import io.caisson.layerstore.api.Volumes;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.linux.file.FileStat;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.TarBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Root
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class VolumesRootIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId NODE = new NodeId("local");

    @Inject
    Ports ports;

    @Inject
    LayerFolders folders;

    @Inject
    ReconcileSequence reconcile;

    @Inject
    Transactions transactions;

    private Volumes volumes;

    @BeforeEach
    void open() {
        volumes = ports.client(Volumes.class);
    }

    private static CreateVolume named(String name) {
        return new CreateVolume(NODE, name, "local", Map.of(), Map.of("k", "v"));
    }

    private VolumeInfo create(String name) {
        return volumes.create(named(name)).await().atMost(PATIENCE);
    }

    private static String unique() {
        return "vol-" + Ids.hex(16);
    }

    @Test
    void shouldExistUntilRemovedWhenCreated() {
        // When
        String name = unique();
        VolumeInfo made = create(name);
        VolumeInfo again = create(name);
        VolumeInfo anonymous = create("");

        // Then
        assertThat(again).isEqualTo(made);
        assertThat(Path.of(made.mountpoint())).isEmptyDirectory();
        assertThat(FileStat.of(Path.of(made.mountpoint())).mode()).isEqualTo(0755);
        assertThat(made.labels()).containsOnly(Map.entry("k", "v"));
        assertThat(anonymous.anonymous()).isTrue();
        assertThat(anonymous.name()).matches("[0-9a-f]{64}");
        assertThat(anonymous.labels()).containsKey("com.docker.volume.anonymous");
        var list = volumes.list(new ListVolumes(NODE)).await().atMost(PATIENCE);
        assertThat(list.volumes()).extracting(VolumeInfo::name).contains(name, anonymous.name());

        // And then
        volumes.remove(new VolumeRef(NODE, name)).await().atMost(PATIENCE);
        assertThat(Path.of(made.mountpoint())).doesNotExist();
        assertThatThrownBy(
                        () -> volumes.inspect(new VolumeRef(NODE, name)).await().atMost(PATIENCE))
                .hasMessage("get " + name + ": no such volume");
        assertThat(actions(name)).containsExactly("create", "destroy");
    }

    private List<String> actions(String name) {
        return transactions
                .withSession(session -> session.createNativeQuery(
                                "SELECT action FROM events.event WHERE type = 'volume' AND actor_id = :name ORDER BY id",
                                String.class)
                        .setParameter("name", name)
                        .getResultList())
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void shouldRefuseWhenItCannotBeMade() {
        var options = new CreateVolume(NODE, unique(), "local", Map.of("type", "nfs", "device", ":/export"), Map.of());
        var driver = new CreateVolume(NODE, unique(), "rexray", Map.of(), Map.of());

        assertThatThrownBy(() -> create("../x")).hasMessageContaining("includes invalid characters for a local volume");
        assertThatThrownBy(() -> create("x")).hasMessageStartingWith("create x: volume name is too short");
        assertThatThrownBy(() -> volumes.create(options).await().atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNSUPPORTED));
        assertThatThrownBy(() -> volumes.create(driver).await().atMost(PATIENCE))
                .hasMessageEndingWith("error looking up volume plugin rexray: plugin \"rexray\" not found");
    }

    private SnapshotId snapshot(TarBuilder... tars) throws IOException {
        LayerStore store = ports.client(LayerStore.class);
        var id = new SnapshotId(Ids.hex64());
        try (var server = new BlobServer()) {
            List<Digest> layers = List.of(tars).stream()
                    .map(tar -> fetched(store, server, tar))
                    .toList();
            var _ = store.prepare(new PrepareSnapshot(NODE, id, layers)).await().atMost(PATIENCE);
        }
        return id;
    }

    private static Digest fetched(LayerStore store, BlobServer server, TarBuilder tar) {
        byte[] plain = tar.build();
        byte[] blob = TarBuilder.gzip(plain);
        var descriptor = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(blob), blob.length);
        var source = new BlobSource(List.of(server.add("good", blob)), null, false);
        var _ = store.fetch(new FetchLayer(NODE, descriptor, Digest.sha256(plain), source))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
        return Digest.sha256(plain);
    }

    @Test
    void shouldHaveWhatTheImageHasWhenPopulated() throws IOException {
        // Given
        SnapshotId snapshot = snapshot(
                new TarBuilder()
                        .mode(0750)
                        .owner(70, 71)
                        .dir("data")
                        .file("data/gone", "x")
                        .symlink("alias", "/data"),
                new TarBuilder()
                        .whiteout("data/gone")
                        .owner(5, 6)
                        .mode(0640)
                        .xattr("user.note", "n")
                        .file("data/sub/file", "content")
                        .hardlink("data/other", "data/sub/file")
                        .symlink("data/link", "../../etc/passwd"));
        Path data = Path.of(create(unique()).mountpoint());
        var volume = data.getParent().getFileName().toString();

        // When asked by a link to the folder
        var command = new PopulateVolume(NODE, volume, snapshot, "/alias");
        volumes.populate(command).await().atMost(PATIENCE);

        // Then
        assertThat(data.resolve("gone")).doesNotExist();
        assertThat(data.resolve("sub/file")).hasContent("content");
        FileStat file = FileStat.of(data.resolve("sub/file"));
        assertThat(file.uid()).isEqualTo(5);
        assertThat(file.mode()).isEqualTo(0640);
        assertThat(file.modified()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(FileStat.of(data.resolve("other")).inode()).isEqualTo(file.inode());
        assertThat(Files.getAttribute(data.resolve("sub/file"), "user:note")).isNotNull();
        assertThat(Files.readSymbolicLink(data.resolve("link"))).hasToString("../../etc/passwd");
        assertThat(FileStat.of(data).uid()).isEqualTo(70);
        assertThat(FileStat.of(data).mode()).isEqualTo(0750);
        assertThat(LayerFolders.list(data.getParent())).containsExactly(data);

        // And a volume with content stays as it is
        Files.delete(data.resolve("other"));
        volumes.populate(command).await().atMost(PATIENCE);
        assertThat(data.resolve("other")).doesNotExist();
    }

    @Test
    void shouldStayEmptyWhenTheImageHasNothingThere() throws IOException {
        SnapshotId snapshot = snapshot(new TarBuilder().file("plain-" + Ids.hex(8), "x"));
        VolumeInfo volume = create(unique());

        volumes.populate(new PopulateVolume(NODE, volume.name(), snapshot, "/nowhere"))
                .await()
                .atMost(PATIENCE);

        assertThat(Path.of(volume.mountpoint())).isEmptyDirectory();
    }

    @Test
    void shouldLoseNoDataWhenRowsAndFoldersDiffer() throws IOException {
        // Given a folder with data, an empty one, and a row without a folder
        String found = unique();
        String empty = unique();
        String lost = create(unique()).name();
        Files.createDirectories(folders.volumes().resolve(found).resolve("_data/sub"));
        Files.createDirectories(folders.volumes().resolve(empty).resolve("_data"));
        Files.move(folders.volumes().resolve(lost), folders.temporary("lost").resolve("x"));

        // When
        reconcile.reconcile().await().atMost(PATIENCE);

        // Then
        assertThat(volumes.list(new ListVolumes(NODE)).await().atMost(PATIENCE).volumes())
                .extracting(VolumeInfo::name)
                .contains(found)
                .doesNotContain(empty, lost);
        assertThat(folders.volumes().resolve(empty)).doesNotExist();
        assertThat(folders.volumes().resolve(found).resolve("_data/sub")).isDirectory();
    }
}
