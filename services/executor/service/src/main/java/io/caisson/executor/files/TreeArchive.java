package io.caisson.executor.files;

import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileStat.Device;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.file.Xattrs;
import io.caisson.tar.TarEntry;
import io.caisson.tar.TarType;
import io.caisson.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of a container as a tar, in order of their names. What goes away while it is read is left out, sockets as well; a
 * file that grows is cut at the size it had.
 */
public final class TreeArchive {
    private static final String CAPABILITY = "security.capability";
    private static final String USER = "user.";

    private final RootedFiles files;
    private final TarWriter tar;
    private final Map<Inode, String> linked = new HashMap<>();

    private record Inode(Device device, long number) {}

    public TreeArchive(RootedFiles files, OutputStream out) {
        this.files = files;
        this.tar = new TarWriter(out);
    }

    /** All that is at a path, under the name by which it was asked for. */
    public void whole(String asked) throws IOException {
        ContainerPath path = ContainerPath.of(asked);
        tree(path.text(), path.name());
        tar.finish();
    }

    /** All that is in the root. */
    public void root() throws IOException {
        for (String name : names("/")) {
            tree("/" + name, name);
        }
        tar.finish();
    }

    private void tree(String path, String entry) throws IOException {
        Optional<FileStat> stat = add(path, entry);
        if (stat.isPresent() && stat.get().type() == FileType.DIRECTORY) {
            for (String name : names(path)) {
                tree(ContainerPath.child(path, name), ContainerPath.child(entry, name));
            }
        }
    }

    private List<String> names(String path) {
        try {
            return files.list(path).stream().sorted().toList();
        } catch (LinuxException e) {
            if (isGone(e)) {
                return List.of();
            }
            throw e;
        }
    }

    private static boolean isGone(LinuxException e) {
        return e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
    }

    /** One file without what is below it; empty when it is not there. */
    Optional<FileStat> add(String path, String entry) throws IOException {
        try {
            FileStat stat = files.lstat(path);
            put(path, entry, stat);
            return Optional.of(stat);
        } catch (LinuxException e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Marks a deletion as layers do. */
    void whiteout(String entry) throws IOException {
        tar.put(new TarEntry(TarType.FILE, entry, "", 0600, 0, 0, 0, Instant.EPOCH, 0, 0, Map.of(), null));
    }

    void finish() throws IOException {
        tar.finish();
    }

    private void put(String path, String name, FileStat stat) throws IOException {
        switch (stat.type()) {
            case REGULAR -> file(path, name, stat);
            case DIRECTORY ->
                tar.put(entry(TarType.DIRECTORY, name.endsWith("/") ? name : name + "/", "", stat, xattrs(path)));
            case SYMLINK -> tar.put(entry(TarType.SYMLINK, name, files.readlink(path), stat, Map.of()));
            case CHARACTER_DEVICE -> tar.put(entry(TarType.CHARACTER_DEVICE, name, "", stat, Map.of()));
            case BLOCK_DEVICE -> tar.put(entry(TarType.BLOCK_DEVICE, name, "", stat, Map.of()));
            case FIFO -> tar.put(entry(TarType.FIFO, name, "", stat, Map.of()));
            case SOCKET -> {
                // has no meaning without the process behind it
            }
        }
    }

    private void file(String path, String name, FileStat stat) throws IOException {
        if (stat.links() > 1) {
            String first = linked.putIfAbsent(new Inode(stat.device(), stat.inode()), name);
            if (first != null) {
                tar.put(entry(TarType.HARD_LINK, name, first, stat, Map.of()));
                return;
            }
        }
        try (InputStream content = files.read(path)) {
            tar.put(entry(TarType.FILE, name, "", stat, xattrs(path)), content);
        }
    }

    private Map<String, byte[]> xattrs(String path) {
        Xattrs all = files.xattrs(path);
        Map<String, byte[]> kept = new TreeMap<>();
        for (String name : all.names()) {
            if (name.equals(CAPABILITY) || name.startsWith(USER)) {
                all.get(name).ifPresent(value -> kept.put(name, value));
            }
        }
        return kept;
    }

    private static TarEntry entry(TarType type, String name, String link, FileStat stat, Map<String, byte[]> xattrs) {
        boolean device = type == TarType.CHARACTER_DEVICE || type == TarType.BLOCK_DEVICE;
        return new TarEntry(
                type,
                name,
                link,
                stat.mode(),
                stat.uid(),
                stat.gid(),
                type == TarType.FILE ? stat.size() : 0,
                stat.modified(),
                device ? stat.special().major() : 0,
                device ? stat.special().minor() : 0,
                xattrs,
                null);
    }
}
