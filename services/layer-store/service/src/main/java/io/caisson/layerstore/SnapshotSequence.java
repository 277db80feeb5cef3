package io.caisson.layerstore;

import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Offload;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.api.SnapshotList;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.SnapshotUsage;
import io.caisson.layerstore.files.DiskUsage;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.SnapshotFolder;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.layerstore.store.SnapshotLayers;
import io.caisson.layerstore.store.SnapshotRow;
import io.caisson.layerstore.store.SnapshotRows;
import io.caisson.layerstore.store.SnapshotWrites;
import io.caisson.layerstore.tar.RootAttributes;
import io.caisson.metadata.Statements;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots: folder first, row last; row first, folder last when they go. */
@ApplicationScoped
class SnapshotSequence {
    private final Transactions transactions;
    private final Statements statements;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final String node;
    private final RecentSnapshots recent = new RecentSnapshots();
    private final Offload offload = new Offload("snapshot", 8);

    SnapshotSequence(
            Transactions transactions,
            Statements statements,
            LayerFolders folders,
            ShortLinks links,
            Trash trash,
            LayerStoreSettings settings) {
        this.transactions = transactions;
        this.statements = statements;
        this.folders = folders;
        this.links = links;
        this.trash = trash;
        this.node = settings.node().value();
    }

    /** A snapshot's row and those of its layers. */
    private record Found(SnapshotRow row, Map<String, LayerRow> layers) {}

    Uni<SnapshotInfo> prepare(PrepareSnapshot command) {
        if (command.layers().size() > SnapshotMapping.MAX_LAYERS) {
            return Uni.createFrom().failure(Fault.invalid("max depth exceeded"));
        }
        List<String> layers = command.layers().stream().map(Object::toString).toList();
        return make(command.id(), layers)
                .onFailure(SnapshotSequence::isConflict)
                .recoverWithUni(error -> existing(command.id(), layers, error));
    }

    private static boolean isConflict(Throwable error) {
        return Fault.of(error).kind() == Fault.Kind.CONFLICT;
    }

    private Uni<SnapshotInfo> existing(SnapshotId id, List<String> layers, Throwable error) {
        return find(id).map(found -> sameLayers(found.orElseThrow(() -> Fault.of(error)), layers));
    }

    private SnapshotInfo sameLayers(Found found, List<String> layers) {
        if (!found.row().layers.diffIds().equals(layers)) {
            throw Fault.conflict("snapshot " + found.row().name + " exists over other layers");
        }
        return SnapshotMapping.info(folders, found.row(), found.layers());
    }

    private Uni<SnapshotInfo> make(SnapshotId id, List<String> layers) {
        return transactions
                .withSession(session -> LayerRows.find(session, node, new HashSet<>(layers)))
                .map(SnapshotMapping::byDiffId)
                .chain(rows -> {
                    RootAttributes root = SnapshotMapping.root(layers, rows);
                    List<Path> below = SnapshotMapping.folders(folders, layers, rows);
                    return offload.call(() -> SnapshotFolder.make(folders, links, id, root, below))
                            .onFailure()
                            .transform(LayerFaults::translate)
                            .chain(link -> named(id, layers, link, rows));
                });
    }

    /** Not to be cancelled half-way: then nobody would know whether the folder is named. */
    private Uni<SnapshotInfo> named(SnapshotId id, List<String> layers, String link, Map<String, LayerRow> rows) {
        var found = new Found(row(id, layers, link), rows);
        Uni<SnapshotInfo> naming = Uni.createFrom()
                .item(() -> SnapshotMapping.info(folders, found.row(), rows))
                .call(() -> SnapshotWrites.insert(statements, found.row(), rows.values()))
                .invoke(info -> recent.put(id, info))
                .onFailure()
                .recoverWithUni(error -> offload.run(() -> discard(id, link))
                        .chain(() -> Uni.createFrom().failure(error)));
        return Uni.createFrom().emitter(emitter -> naming.subscribe().with(emitter::complete, emitter::fail));
    }

    private SnapshotRow row(SnapshotId id, List<String> layers, String link) {
        var row = new SnapshotRow();
        row.node = node;
        row.name = id.value();
        row.layers = new SnapshotLayers(layers);
        row.link = link;
        row.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return row;
    }

    Uni<SnapshotInfo> info(SnapshotRef query) {
        return recent.get(query.id()).map(info -> Uni.createFrom().item(info)).orElseGet(() -> get(query)
                .map(found -> SnapshotMapping.info(folders, found.row(), found.layers())));
    }

    private Uni<Found> get(SnapshotRef query) {
        return find(query.id())
                .map(found -> found.orElseThrow(() -> Fault.notFound("snapshot " + query.id() + " does not exist")));
    }

    private Uni<Optional<Found>> find(SnapshotId id) {
        return transactions.withSession(session -> SnapshotRows.find(session, node, id.value())
                .chain(row -> row == null
                        ? Uni.createFrom().item(Optional.empty())
                        : LayerRows.find(session, node, new HashSet<>(row.layers.diffIds()))
                                .map(rows -> Optional.of(new Found(row, SnapshotMapping.byDiffId(rows))))));
    }

    Uni<Done> remove(SnapshotRef command) {
        recent.forget(command.id());
        return SnapshotWrites.delete(statements, node, command.id().value())
                .chain(link -> link.isEmpty()
                        ? Uni.createFrom().item(Done.DONE)
                        : offload.run(() -> discard(command.id(), link.get())));
    }

    private void discard(SnapshotId id, String link) throws IOException {
        links.remove(link);
        trash.discard(folders.snapshot(id, link));
    }

    Uni<SnapshotList> all() {
        return transactions
                .withSession(session -> SnapshotRows.all(session, node))
                .map(rows -> new SnapshotList(
                        rows.stream().map(row -> new SnapshotId(row.name)).toList()));
    }

    Uni<SnapshotUsage> usage(SnapshotRef query) {
        return get(query)
                .chain(found -> offload.call(() -> new SnapshotUsage(DiskUsage.of(
                        folders.snapshot(query.id(), found.row().link).resolve("upper")))));
    }
}
