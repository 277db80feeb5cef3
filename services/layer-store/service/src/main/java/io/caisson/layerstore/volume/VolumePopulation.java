package io.caisson.layerstore.volume;

import io.caisson.kernel.Ids;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.linux.Fd;
import io.caisson.linux.Mounts;
import io.caisson.linux.Namespaces;
import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The first content of a volume: what the image has where the volume is mounted. The snapshot is shown read-only in a mount
 * namespace of its own for the time of the copy, so that nobody else sees it. Blocks.
 */
public final class VolumePopulation {
    private VolumePopulation() {}

    /** @param volume the folder that has {@code _data} in it */
    public static void populate(SnapshotInfo snapshot, String path, Path volume) throws IOException {
        Path data = volume.resolve("_data");
        if (!LayerFolders.list(data).isEmpty()) {
            return;
        }
        Path view = Path.of(snapshot.upperDir()).resolveSibling("merged");
        try (Fd namespace = Namespaces.newMounts()) {
            var _ = Namespaces.inMounts(namespace, () -> {
                // Upper comes first: the snapshot may have been written to before.
                String lower = snapshot.upperDir() + ":" + String.join(":", snapshot.lowerDirs());
                Mounts.mount("overlay", view, "overlay", Mounts.MS_RDONLY, "lowerdir=" + lower);
                copy(view, path, volume);
                return data;
            });
        }
    }

    /** Beside the data first, so that a copy that is cut short leaves the volume empty. */
    private static void copy(Path view, String path, Path volume) throws IOException {
        try (var image = RootedFiles.at(view);
                var target = RootedFiles.at(volume)) {
            if (image.find(path).isEmpty() || image.stat(path).type() != FileType.DIRECTORY) {
                return;
            }
            FileStat source = image.stat(path);
            String copy = "copy-" + Ids.hex(16);
            target.mkdirs(copy, 0700);
            try (var writer = target.writer()) {
                new TreeCopy(image, writer).copy(path, copy);
            }
            for (String name : names(volume.resolve(copy))) {
                target.rename(copy + "/" + name, "_data/" + name);
            }
            target.setAttributes(
                    "_data", new FileAttributes(source.uid(), source.gid(), source.mode(), source.modified()));
            target.removeTree(copy);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return LayerFolders.list(folder).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }
}
