package io.caisson.layerstore;

import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.store.VolumeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Volumes' share of the reconciliation. A removal takes the folder away before the row, so a folder without a row is not
 * one that was removed: with data in it, it becomes a volume again.
 */
final class VolumeReconciliation {
    private static final Logger LOG = Logger.getLogger(VolumeReconciliation.class);

    private final LayerFolders folders;
    private final Trash trash;
    private final String node;

    VolumeReconciliation(LayerFolders folders, Trash trash, String node) {
        this.folders = folders;
        this.trash = trash;
        this.node = node;
    }

    /** Rows without a folder. */
    List<VolumeRow> gone(List<VolumeRow> rows) {
        return rows.stream()
                .filter(row -> !Files.isDirectory(folders.volume(row.name).resolve("_data")))
                .toList();
    }

    /** Rows for the folders that have none. */
    List<VolumeRow> found(List<VolumeRow> rows) throws IOException {
        Set<String> known = rows.stream().map(row -> row.name).collect(Collectors.toSet());
        var found = new ArrayList<VolumeRow>();
        for (Path folder : LayerFolders.list(folders.volumes())) {
            String name = folder.getFileName().toString();
            Path data = folder.resolve("_data");
            if (known.contains(name)) {
                continue;
            }
            if (!Files.isDirectory(data) || LayerFolders.list(data).isEmpty()) {
                var _ = trash.take(folder);
                continue;
            }
            LOG.warnf("The volume %s was not known any more and has been taken up again", name);
            found.add(row(name, folder));
        }
        return found;
    }

    private VolumeRow row(String name, Path folder) throws IOException {
        var row = new VolumeRow();
        row.node = node;
        row.name = name;
        row.driver = "local";
        row.created = Files.getLastModifiedTime(folder).toInstant();
        return row;
    }
}
