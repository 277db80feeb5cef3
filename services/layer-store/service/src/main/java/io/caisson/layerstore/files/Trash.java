package io.caisson.layerstore.files;

import io.caisson.kernel.Ids;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.RootedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Takes files out of sight at once and deletes them later, one after the other, on a thread of its own. What a crash leaves
 * in it is deleted at the next start.
 */
public final class Trash implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Trash.class);

    private final LayerFolders folders;
    private final ExecutorService deleting = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("layer-trash").daemon().factory());

    public Trash(LayerFolders folders) {
        this.folders = folders;
    }

    /** Renames {@code path} away; nothing to do where there is none. */
    public void discard(Path path) throws IOException {
        var _ = take(path);
        empty();
    }

    /** Where it was put, so that it can be put back; deleted by the next {@link #empty}. */
    public Path take(Path path) throws IOException {
        Path away = folders.trash().resolve(Ids.hex(16));
        try {
            Files.move(path, away);
        } catch (NoSuchFileException _) {
            // gone already
        }
        return away;
    }

    /** Starts to delete what is there. */
    public void empty() {
        deleting.execute(this::deleteAll);
    }

    private void deleteAll() {
        try (var files = RootedFiles.at(folders.trash())) {
            for (String name : files.list("")) {
                delete(files, name);
            }
        } catch (LinuxException e) {
            LOG.warnf("cannot look into %s: %s", folders.trash(), e.getMessage());
        }
    }

    private static void delete(RootedFiles files, String name) {
        try {
            files.removeTree(name);
        } catch (LinuxException e) {
            LOG.warnf("cannot delete %s from the trash, it is tried again later: %s", name, e.getMessage());
        }
    }

    /** Whether there is such a file, be it a dangling link. */
    public static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        var _ = deleting.shutdownNow();
    }
}
