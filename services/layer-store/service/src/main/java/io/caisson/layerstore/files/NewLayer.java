package io.caisson.layerstore.files;

import io.caisson.layerstore.tar.UnpackedLayer;
import io.caisson.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder in which a layer comes to be, until it is put in its place; closing it discards what was not placed. */
public final class NewLayer implements AutoCloseable {
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final Path folder;

    public NewLayer(LayerFolders folders, ShortLinks links, Trash trash) throws IOException {
        this.folders = folders;
        this.links = links;
        this.trash = trash;
        this.folder = folders.temporary("layer");
        var _ = Files.createDirectory(diff());
    }

    public Path diff() {
        return LayerFolders.diff(folder);
    }

    public Path blob() {
        return LayerFolders.blob(folder);
    }

    /** Puts it in its place, and all of it on the disk; answers its link. It exists once a row names it. */
    public String place(Digest diffId, UnpackedLayer content) throws IOException {
        ImplicitList.write(folder, content.implicitFolders());
        String link = links.make(name -> LayerFolders.diff(folders.layer(diffId, name)));
        Path place = folders.layer(diffId, link);
        try {
            var _ = Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
            Durability.sync(folders.base());
            return link;
        } catch (IOException | RuntimeException e) {
            links.remove(link);
            trash.discard(place);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (Trash.exists(folder)) {
            trash.discard(folder);
        }
    }
}
