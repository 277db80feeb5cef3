package io.caisson.layerstore;

import io.caisson.kernel.Done;
import io.caisson.kernel.Offload;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.layerstore.store.SnapshotRow;
import io.caisson.layerstore.store.SnapshotRows;
import io.caisson.layerstore.store.VolumeRow;
import io.caisson.layerstore.store.VolumeRows;
import io.caisson.metadata.Deletion;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Makes rows and disk agree again after whatever happened, before commands are taken: files that no row names go, rows
 * whose files are gone go, lost links come back. Only volumes are kept at any price: their files are users' data.
 */
@ApplicationScoped
class ReconcileSequence {
    private static final Logger LOG = Logger.getLogger(ReconcileSequence.class);

    private final Transactions transactions;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final String node;
    private final Offload offload = new Offload("reconcile", 1);

    ReconcileSequence(
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

    private record Known(List<LayerRow> layers, List<SnapshotRow> snapshots, List<VolumeRow> volumes) {}

    /** What is to be taken out of the tables, and what to be put in. */
    private record Changes(List<Object> gone, List<VolumeRow> found) {}

    Uni<Done> reconcile() {
        return transactions
                .withSession(session -> LayerRows.all(session, node).chain(layers -> SnapshotRows.all(session, node)
                        .chain(snapshots ->
                                VolumeRows.all(session, node).map(volumes -> new Known(layers, snapshots, volumes)))))
                .chain(known -> offload.call(() -> compare(known)))
                .chain(this::apply);
    }

    private Uni<Done> apply(Changes changes) {
        return transactions
                .inStatelessTransaction(session -> Deletion.ofAll(session, changes.gone())
                        .chain(() -> session.insertAll(changes.found().toArray())))
                .replaceWith(Done.DONE);
    }

    private Changes compare(Known known) throws IOException {
        folders.make();
        clear(folders.tmp());
        Map<String, Path> named = new HashMap<>();
        List<Object> gone = new ArrayList<>();
        for (LayerRow row : known.layers()) {
            Path layer = folders.layer(Digest.parse(row.diffId), row.link);
            boolean whole = Files.isDirectory(LayerFolders.diff(layer)) && Files.exists(LayerFolders.blob(layer));
            keep(row, row.link, whole, layer, LayerFolders.diff(layer), named, gone);
        }
        for (SnapshotRow row : known.snapshots()) {
            Path snapshot = folders.snapshot(new SnapshotId(row.name), row.link);
            keep(row, row.link, Files.isDirectory(snapshot.resolve("upper")), snapshot, snapshot, named, gone);
        }
        removeOthers(folders.layers(), named);
        removeOthers(folders.snapshots(), named);
        removeOtherLinks(named);
        var volumes = new VolumeReconciliation(folders, trash, node);
        gone.addAll(volumes.gone(known.volumes()));
        List<VolumeRow> found = volumes.found(known.volumes());
        trash.empty();
        return new Changes(gone, found);
    }

    private void keep(
            Object row,
            String link,
            boolean whole,
            Path folder,
            Path target,
            Map<String, Path> named,
            List<Object> gone)
            throws IOException {
        if (!whole) {
            LOG.warnf("%s is gone, and so is what the database said of it", folder);
            gone.add(row);
            return;
        }
        named.put(link, folder);
        if (!Trash.exists(folders.link(link)) && !links.place(link, target)) {
            throw new IOException("cannot restore the link " + link);
        }
    }

    private void removeOthers(Path parent, Map<String, Path> named) throws IOException {
        for (Path folder : LayerFolders.list(parent)) {
            if (!named.containsValue(folder)) {
                LOG.infof("Removing %s: nothing names it", folder);
                var _ = trash.take(folder);
            }
        }
    }

    private void removeOtherLinks(Map<String, Path> named) throws IOException {
        for (Path link : LayerFolders.list(folders.links())) {
            if (!named.containsKey(link.getFileName().toString())) {
                links.remove(link.getFileName().toString());
            }
        }
    }

    private void clear(Path folder) throws IOException {
        for (Path left : LayerFolders.list(folder)) {
            var _ = trash.take(left);
        }
    }
}
