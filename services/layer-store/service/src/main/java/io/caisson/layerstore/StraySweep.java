package io.caisson.layerstore;

import io.caisson.bus.upkeep.Mended;
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
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * While the service works: folders and links of layers and snapshots that no row names. Folders come before their rows, so
 * only what was nameless several times in a row, minutes long, is taken away. Volumes stay.
 */
@ApplicationScoped
class StraySweep {
    private static final int TIMES = 3;

    private final Transactions transactions;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final String node;
    private final Offload offload = new Offload("stray-sweep", 1);
    private final Map<Path, Integer> seen = new HashMap<>();

    StraySweep(
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

    /** Not twice at a time. */
    Uni<Done> sweep() {
        return offload.call(this::present)
                .chain(present -> named().chain(named -> offload.run(() -> take(present, named))));
    }

    private Set<Path> present() throws IOException {
        Set<Path> present = new HashSet<>();
        for (Path parent : List.of(folders.layers(), folders.snapshots(), folders.links())) {
            present.addAll(LayerFolders.list(parent));
        }
        return present;
    }

    private Uni<Set<Path>> named() {
        return transactions.withSession(session -> LayerRows.all(session, node)
                .chain(layers -> SnapshotRows.all(session, node).map(snapshots -> named(layers, snapshots))));
    }

    private Set<Path> named(List<LayerRow> layers, List<SnapshotRow> snapshots) {
        Set<Path> named = new HashSet<>();
        layers.forEach(row -> {
            named.add(folders.layer(Digest.parse(row.diffId), row.link));
            named.add(folders.link(row.link));
        });
        snapshots.forEach(row -> {
            named.add(folders.snapshot(new SnapshotId(row.name), row.link));
            named.add(folders.link(row.link));
        });
        return named;
    }

    private void take(Set<Path> present, Set<Path> named) throws IOException {
        present.removeAll(named);
        seen.keySet().retainAll(present);
        for (Path stray : present) {
            if (seen.merge(stray, 1, Integer::sum) >= TIMES) {
                take(stray);
                seen.remove(stray);
            }
        }
        trash.empty();
    }

    private void take(Path stray) throws IOException {
        if (Files.isDirectory(stray, LinkOption.NOFOLLOW_LINKS)) {
            var _ = trash.take(stray);
        } else {
            links.remove(stray.getFileName().toString());
        }
        Mended.note("layer-store", "nameless folder", stray.toString());
    }
}
