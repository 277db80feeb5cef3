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
import io.caisson.layerstore.tar.RootAttributes;
import io.caisson.metadata.Deletion;
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
import org.hibernate.reactive.mutiny.Mutiny;

/** Snapshots: folder first, row last; row first, folder last when they go. */
@ApplicationScoped
class SnapshotSequence {
    private final Transactions transactions;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final String node;
    private final Offload offload = new Offload("snapshot", 8);

    SnapshotSequence(
            Transactions transactions,
            LayerFolders folders,
            ShortLinks links,
            Trash trash,
            LayerStoreSettings settings) {
        this.transactions = transactions;
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
        return find(command.id())
                .chain(found ->
                        found.map(there -> Uni.createFrom().item(there)).orElseGet(() -> make(command.id(), layers)))
                .map(there -> sameLayers(there, layers));
    }

    private SnapshotInfo sameLayers(Found found, List<String> layers) {
        if (!found.row().layers.diffIds().equals(layers)) {
            throw Fault.conflict("snapshot " + found.row().name + " exists over other layers");
        }
        return SnapshotMapping.info(folders, found.row(), found.layers());
    }

    private Uni<Found> make(SnapshotId id, List<String> layers) {
        return transactions
                .withSession(session -> LayerRows.find(session, node, new HashSet<>(layers)))
                .map(SnapshotMapping::byDiffId)
                .chain(rows -> {
                    RootAttributes root = SnapshotMapping.root(layers, rows);
                    List<Path> below = SnapshotMapping.folders(folders, layers, rows);
                    return offload.call(() -> SnapshotFolder.make(folders, links, id, root, below))
                            .onFailure()
                            .transform(LayerFaults::translate);
                })
                .chain(link -> named(id, layers, link));
    }

    /** Not to be cancelled half-way: then nobody would know whether the folder is named. */
    private Uni<Found> named(SnapshotId id, List<String> layers, String link) {
        Uni<Found> naming = transactions
                .inTransaction(session -> insert(session, id, layers, link))
                .onFailure()
                .recoverWithUni(error -> offload.run(() -> discard(id, link)).chain(() -> existing(id, error)));
        return Uni.createFrom().emitter(emitter -> naming.subscribe().with(emitter::complete, emitter::fail));
    }

    private Uni<Found> insert(Mutiny.Session session, SnapshotId id, List<String> layers, String link) {
        return LayerRows.share(session, node, new HashSet<>(layers)).chain(rows -> {
            var row = new SnapshotRow();
            row.node = node;
            row.name = id.value();
            row.layers = new SnapshotLayers(layers);
            row.link = link;
            row.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var found = new Found(row, SnapshotMapping.byDiffId(rows));
            var _ = SnapshotMapping.info(folders, row, found.layers()); // fails when a layer has gone meanwhile
            return session.persist(row).replaceWith(found);
        });
    }

    private Uni<Found> existing(SnapshotId id, Throwable error) {
        if (Fault.of(error).kind() != Fault.Kind.CONFLICT) {
            return Uni.createFrom().failure(error);
        }
        return find(id).map(found -> found.orElseThrow(() -> Fault.of(error)));
    }

    Uni<SnapshotInfo> info(SnapshotRef query) {
        return get(query).map(found -> SnapshotMapping.info(folders, found.row(), found.layers()));
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
        return transactions
                .inTransaction(
                        session -> SnapshotRows.find(session, node, command.id().value())
                                .chain(row -> row == null
                                        ? Uni.createFrom().item(Optional.<String>empty())
                                        : Deletion.of(session, row).replaceWith(Optional.of(row.link))))
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
