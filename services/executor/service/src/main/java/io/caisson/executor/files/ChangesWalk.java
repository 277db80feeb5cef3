package io.caisson.executor.files;

import io.caisson.executor.api.FileChange;
import io.caisson.executor.api.FileChange.Kind;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a container's own layer differs from its image, by Docker's rules: a folder is changed when something in it is, or its
 * owner or mode; of a deleted folder only the folder is told. Overlay's own marks are seen through.
 */
public final class ChangesWalk {
    private static final String OPAQUE = "trusted.overlay.opaque";
    private static final String CAPABILITY = "security.capability";

    private final RootedFiles upper;
    private final RootedFiles image;
    private final List<RootedFiles> layers;
    private final Told told;
    /** Folders on the way to where we are that nobody was told of yet. */
    private final List<String> pending = new ArrayList<>();

    /** Takes a change; may do something slow with it. */
    @FunctionalInterface
    public interface Told {
        void tell(FileChange change) throws IOException;
    }

    /**
     * @param upper the container's own layer, as overlay keeps it
     * @param image what is shown below it
     * @param layers what {@code image} is made of
     */
    public ChangesWalk(RootedFiles upper, RootedFiles image, List<RootedFiles> layers, Told told) {
        this.upper = upper;
        this.image = image;
        this.layers = List.copyOf(layers);
        this.told = told;
    }

    /** Tells all changes, folders before what is in them. */
    public void run() throws IOException {
        folder("/", true);
    }

    /** @param wasFolder there is one in the image, too */
    private void folder(String path, boolean wasFolder) throws IOException {
        var names = new TreeSet<>(upper.list(path));
        var here = Set.copyOf(names);
        if (wasFolder && !path.equals("/") && upper.xattrs(path).get(OPAQUE).isPresent()) {
            names.addAll(image.list(path));
        }
        for (String name : names) {
            String child = ContainerPath.child(path, name);
            if (here.contains(name)) {
                entry(child, upper.lstat(child));
            } else {
                tell(Kind.DELETED, child);
            }
        }
    }

    private void entry(String path, FileStat now) throws IOException {
        Optional<FileStat> before = image.find(path);
        if (now.isWhiteout()) {
            if (before.isPresent()) {
                tell(Kind.DELETED, path);
            }
            return;
        }
        if (before.isPresent()) {
            compared(path, now, before.get());
        } else if (Placeholders.isFolder(path, now)) {
            inFolder(path, false);
        } else if (!Placeholders.isFile(path, now)) {
            tell(Kind.ADDED, path);
            if (now.type() == FileType.DIRECTORY) {
                folder(path, false);
            }
        }
    }

    private void compared(String path, FileStat now, FileStat before) throws IOException {
        boolean isFolder = now.type() == FileType.DIRECTORY;
        boolean wasFolder = before.type() == FileType.DIRECTORY;
        boolean differ = differ(path, now, before);
        if (differ) {
            tell(Kind.MODIFIED, path);
        }
        if (isFolder && differ) {
            folder(path, wasFolder);
        } else if (isFolder) {
            inFolder(path, wasFolder);
        } else if (wasFolder) {
            for (String name : new TreeSet<>(image.list(path))) {
                tell(Kind.DELETED, ContainerPath.child(path, name));
            }
        }
    }

    private void inFolder(String path, boolean wasFolder) throws IOException {
        pending.add(path);
        folder(path, wasFolder);
        pending.remove(path);
    }

    private void tell(Kind kind, String path) throws IOException {
        for (String folder : List.copyOf(pending)) {
            told.tell(new FileChange(Kind.MODIFIED, folder));
        }
        pending.clear();
        told.tell(new FileChange(kind, path));
    }

    private boolean differ(String path, FileStat now, FileStat before) {
        if (now.type() != before.type()) {
            return true;
        }
        if (now.type() == FileType.DIRECTORY) {
            // A layer that uses a folder without naming it does not decide on its owner and mode.
            return !sameRights(now, before)
                    && layers.stream().noneMatch(layer -> layer.find(path)
                            .filter(stat -> sameRights(now, stat))
                            .isPresent());
        }
        return !sameRights(now, before)
                || now.size() != before.size()
                || !now.modified().equals(before.modified())
                || !now.special().equals(before.special())
                || !sameCapability(path);
    }

    private static boolean sameRights(FileStat a, FileStat b) {
        return a.mode() == b.mode() && a.uid() == b.uid() && a.gid() == b.gid();
    }

    private boolean sameCapability(String path) {
        byte[] none = new byte[0];
        return Arrays.equals(
                upper.xattrs(path).get(CAPABILITY).orElse(none),
                image.xattrs(path).get(CAPABILITY).orElse(none));
    }
}
