package io.caisson.layerstore;

import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.CreateVolume;
import io.caisson.layerstore.api.ListVolumes;
import io.caisson.layerstore.api.PopulateVolume;
import io.caisson.layerstore.api.PruneVolumes;
import io.caisson.layerstore.api.PrunedVolumes;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.VolumeInfo;
import io.caisson.layerstore.api.VolumeList;
import io.caisson.layerstore.api.VolumeRef;
import io.caisson.layerstore.api.VolumeUsage;
import io.caisson.layerstore.api.Volumes;
import io.caisson.layerstore.files.DiskUsage;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.store.VolumeRow;
import io.caisson.layerstore.store.VolumeRows;
import io.caisson.layerstore.volume.VolumePopulation;
import io.caisson.metadata.Deletion;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The port {@link Volumes} of one node. */
@ApplicationScoped
class NodeVolumes implements Volumes {
    private static final Logger LOG = Logger.getLogger(NodeVolumes.class);

    private final Transactions transactions;
    private final EventLog events;
    private final LayerFolders folders;
    private final Trash trash;
    private final SnapshotSequence snapshots;
    private final LayerStoreSettings settings;
    private final String node;
    private final Offload offload = new Offload("volume", 4);

    NodeVolumes(
            Transactions transactions,
            EventLog events,
            LayerFolders folders,
            Trash trash,
            SnapshotSequence snapshots,
            LayerStoreSettings settings) {
        this.transactions = transactions;
        this.events = events;
        this.folders = folders;
        this.trash = trash;
        this.snapshots = snapshots;
        this.settings = settings;
        this.node = settings.node().value();
    }

    @Override
    public Uni<VolumeInfo> create(CreateVolume command) {
        VolumeNames.check(command);
        String name = command.name().isEmpty() ? Ids.hex64() : command.name();
        return find(name)
                .chain(found -> found.map(row -> Uni.createFrom().item(row)).orElseGet(() -> make(name, command)))
                .map(this::info);
    }

    private Uni<VolumeRow> make(String name, CreateVolume command) {
        return offload.run(() -> makeFolder(name))
                .onFailure()
                .transform(LayerFaults::translate)
                .chain(() -> transactions.inTransaction(session -> insert(session, row(name, command))))
                .onFailure()
                .recoverWithUni(error -> existing(name, error));
    }

    private void makeFolder(String name) throws IOException {
        Path folder = folders.volume(name);
        LayerFolders.folder(folder);
        Path data = folder.resolve("_data");
        if (!Files.isDirectory(data)) {
            var _ = Files.createDirectory(data);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private VolumeRow row(String name, CreateVolume command) {
        var row = new VolumeRow();
        row.node = node;
        row.name = name;
        row.driver = VolumeNames.LOCAL;
        row.anonymous = command.name().isEmpty();
        row.options = command.options();
        row.labels = VolumeNames.labels(command);
        row.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return row;
    }

    private Uni<VolumeRow> insert(Mutiny.Session session, VolumeRow row) {
        return session.persist(row)
                .chain(() -> events.append(session, event("create", row)))
                .replaceWith(row);
    }

    /** Somebody was faster. */
    private Uni<VolumeRow> existing(String name, Throwable error) {
        if (Fault.of(error).kind() != Fault.Kind.CONFLICT) {
            return Uni.createFrom().failure(error);
        }
        return get(name);
    }

    @Override
    public Uni<VolumeInfo> inspect(VolumeRef query) {
        return get(query.name()).map(this::info);
    }

    @Override
    public Uni<VolumeList> list(ListVolumes query) {
        return transactions
                .withSession(session -> VolumeRows.all(session, node))
                .map(rows -> new VolumeList(rows.stream().map(this::info).toList()));
    }

    /** The folder goes first: one that has no row is then never one that was removed. */
    @Override
    public Uni<Done> remove(VolumeRef command) {
        return get(command.name())
                .chain(row -> offload.call(() -> trash.take(folders.volume(row.name)))
                        .chain(away ->
                                delete(row.name).onFailure().call(() -> offload.run(() -> putBack(away, row.name)))))
                .invoke(trash::empty);
    }

    private Uni<Done> delete(String name) {
        return transactions.inTransaction(session -> VolumeRows.find(session, node, name)
                .chain(row -> row == null
                        ? Uni.createFrom().voidItem()
                        : Deletion.of(session, row).chain(() -> events.append(session, event("destroy", row))))
                .replaceWith(Done.DONE));
    }

    private void putBack(Path away, String name) throws IOException {
        if (Trash.exists(away)) {
            var _ = Files.move(away, folders.volume(name));
        }
    }

    @Override
    public Uni<Done> populate(PopulateVolume command) {
        return get(command.volume())
                .chain(volume -> volume.options.isEmpty()
                        ? fill(command, folders.volume(volume.name))
                        : Uni.createFrom().item(Done.DONE))
                .onFailure()
                .transform(LayerFaults::translate);
    }

    private Uni<Done> fill(PopulateVolume command, Path volume) {
        return snapshots
                .info(new SnapshotRef(settings.node(), command.snapshot()))
                .chain(snapshot -> offload.run(() -> VolumePopulation.populate(snapshot, command.path(), volume)));
    }

    @Override
    public Uni<VolumeUsage> usage(VolumeRef query) {
        return get(query.name())
                .chain(row ->
                        offload.call(() -> DiskUsage.of(folders.volume(row.name).resolve("_data"))))
                .map(VolumeUsage::new);
    }

    @Override
    public Uni<PrunedVolumes> prune(PruneVolumes command) {
        return Multi.createFrom()
                .iterable(command.names())
                .onItem()
                .transformToUniAndConcatenate(name -> pruned(new VolumeRef(command.node(), name)))
                .collect()
                .asList()
                .map(PrunedVolumes::sum)
                .call(pruned -> transactions.inTransaction(session -> events.append(session, pruneEvent(pruned))));
    }

    private Uni<PrunedVolumes> pruned(VolumeRef volume) {
        return usage(volume)
                .call(() -> remove(volume))
                .map(usage -> new PrunedVolumes(List.of(volume.name()), usage.bytes()))
                .onFailure(Fault.class)
                .recoverWithUni(error -> {
                    LOG.warnf("volume %s is not pruned: %s", volume.name(), error.getMessage());
                    return Uni.createFrom().item(PrunedVolumes.NONE);
                });
    }

    private Event pruneEvent(PrunedVolumes pruned) {
        return Event.now(node, "volume", "prune", "", Map.of("reclaimed", Long.toString(pruned.bytes())));
    }

    private Uni<VolumeRow> get(String name) {
        return find(name).map(found -> found.orElseThrow(() -> Fault.notFound("get " + name + ": no such volume")));
    }

    private Uni<Optional<VolumeRow>> find(String name) {
        return transactions.withSession(
                session -> VolumeRows.find(session, node, name).map(Optional::ofNullable));
    }

    private VolumeInfo info(VolumeRow row) {
        String mountpoint = folders.volume(row.name).resolve("_data").toString();
        return new VolumeInfo(
                settings.node(), row.name, row.driver, mountpoint, row.anonymous, row.options, row.labels, row.created);
    }

    private Event event(String action, VolumeRow row) {
        return Event.now(node, "volume", action, row.name, Map.of("driver", row.driver));
    }
}
