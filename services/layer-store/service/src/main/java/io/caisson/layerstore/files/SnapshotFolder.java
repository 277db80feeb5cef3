package io.caisson.layerstore.files;

import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.tar.RootAttributes;
import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.RootedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The folder of a snapshot. */
public final class SnapshotFolder {
    private SnapshotFolder() {}

    /**
     * Makes it and answers its link. What a container sees as its root folder is {@code upper}: its owner and mode are those
     * that the layers give to the root.
     *
     * @param layers their folders, topmost first
     */
    public static String make(
            LayerFolders folders, ShortLinks links, SnapshotId id, RootAttributes root, List<Path> layers)
            throws IOException {
        String link = links.make(name -> folders.snapshot(id, name));
        Path folder = folders.snapshot(id, link);
        LayerFolders.folder(folder);
        for (String name : new String[] {"upper", "work", "merged"}) {
            var _ = Files.createDirectory(folder.resolve(name));
        }
        try (var files = RootedFiles.at(folder)) {
            files.setAttributes("upper", new FileAttributes(root.uid(), root.gid(), root.mode(), Instant.now()));
        }
        FolderAttributes.complete(layers, folder.resolve("upper"));
        return link;
    }
}
