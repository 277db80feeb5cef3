package io.caisson.layerstore.tar;

import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.FileStat.Device;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.file.TreeWriter;
import io.caisson.tar.EntryPath;
import io.caisson.tar.SparseInput;
import io.caisson.tar.SparseMap;
import io.caisson.tar.TarEntry;
import io.caisson.tar.TarException;
import io.caisson.tar.TarReader;
import io.caisson.tar.TarType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks one layer's tar into a folder of its own, as overlay wants it: deletions become character devices 0:0, folders
 * that replace those below get {@code trusted.overlay.opaque} (OCI image-spec layer.md; kernel overlayfs.rst).
 *
 * <p>Entries replace earlier ones of the same name, folders are merged. Nothing is ever written outside of the folder,
 * whatever the tar says. Not for use by several threads; blocks.
 */
public final class LayerUnpacker implements AutoCloseable {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String META = ".wh..wh.";
    private static final String OPAQUE_XATTR = "trusted.overlay.opaque";
    private static final String OVERLAY_XATTRS = "trusted.overlay.";
    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);
    /** Errors that tell of the tar, not of this host. */
    private static final Set<Integer> BAD_CONTENT = Set.of(
            Errno.ENOTDIR,
            Errno.ENOENT,
            Errno.EISDIR,
            Errno.EINVAL,
            Errno.ELOOP,
            Errno.EPERM,
            Errno.ENAMETOOLONG,
            Errno.EOPNOTSUPP,
            Errno.EEXIST,
            Errno.ERANGE,
            Errno.EFBIG);

    private final RootedFiles files;
    private final TreeWriter writer;
    private final LinkedHashMap<String, Instant> folderTimes = new LinkedHashMap<>();
    private final ImplicitFolders implicit = new ImplicitFolders();
    private final long maxSize;
    private long size;
    private long entries;
    private @Nullable RootAttributes root;
    private boolean opaqueRoot;

    /** @param maxSize the most bytes that all files may have together, holes included */
    public LayerUnpacker(Path folder, long maxSize) {
        this.maxSize = maxSize;
        this.files = RootedFiles.at(folder);
        this.writer = files.writer();
    }

    /** Reads the tar to its end mark. A {@link TarException} tells that it is a bad one; the folder is then half full. */
    public UnpackedLayer unpack(InputStream tar) throws IOException {
        var reader = new TarReader(tar);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            String path = EntryPath.clean(entry.path());
            try {
                put(path, entry, reader.content());
            } catch (LinuxException e) {
                throw translated(e, path);
            }
            entries++;
        }
        folderTimes.reversed().forEach(this::setTime);
        return new UnpackedLayer(size, entries, root, opaqueRoot, implicit.list());
    }

    private static RuntimeException translated(LinuxException e, String path) {
        if (!BAD_CONTENT.contains(e.errno())) {
            return e;
        }
        return new TarException("cannot unpack " + path + ": " + Errno.description(e.errno()));
    }

    private void put(String path, TarEntry entry, InputStream content) throws IOException {
        String name = EntryPath.name(path);
        implicit.uses(EntryPath.folder(path));
        if (name.startsWith(WHITEOUT)) {
            mark(EntryPath.folder(path), name);
        } else if (path.isEmpty()) {
            putRoot(entry);
        } else {
            make(path, entry, content);
        }
    }

    private void mark(String folder, String name) {
        if (name.equals(OPAQUE)) {
            opaqueRoot |= folder.isEmpty();
            files.mkdirs(folder, 0755);
            files.xattrs(folder).set(OPAQUE_XATTR, YES);
        } else if (!name.startsWith(META)) {
            whiteout(folder, name.substring(WHITEOUT.length()));
        }
    }

    /** It hides what is below, not what this layer has under the same name. */
    private void whiteout(String folder, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new TarException("invalid whiteout in layer: " + WHITEOUT + name);
        }
        String path = folder.isEmpty() ? name : folder + "/" + name;
        try {
            var nobody = new FileAttributes(0, 0, 0, Instant.EPOCH);
            writer.special(path, FileType.CHARACTER_DEVICE, Device.NONE, nobody);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            if (files.lstat(path).type() == FileType.DIRECTORY) {
                files.xattrs(path).set(OPAQUE_XATTR, YES);
            }
        }
    }

    private void putRoot(TarEntry entry) {
        if (entry.type() != TarType.DIRECTORY) {
            throw new TarException("invalid path in layer: " + entry.path());
        }
        root = new RootAttributes(entry.uid(), entry.gid(), entry.mode());
        writer.folder("", attributes(entry));
        folderTimes.put("", entry.modified());
    }

    private void make(String path, TarEntry entry, InputStream content) throws IOException {
        try {
            create(path, entry, content);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            replace(path, entry, content);
        }
    }

    /** Content is not touched before the name is made, so that trying again loses nothing. */
    private void replace(String path, TarEntry entry, InputStream content) throws IOException {
        boolean overWhiteout = files.lstat(path).isWhiteout();
        writer.remove(path);
        create(path, entry, content);
        if (overWhiteout && entry.type() == TarType.DIRECTORY) {
            files.xattrs(path).set(OPAQUE_XATTR, YES);
        }
    }

    private void create(String path, TarEntry entry, InputStream content) throws IOException {
        switch (entry.type()) {
            case DIRECTORY -> {
                writer.folder(path, attributes(entry));
                implicit.names(path);
                folderTimes.put(path, entry.modified());
            }
            case FILE -> {
                if (entry.size() > maxSize - size) {
                    throw new TarException("layer is larger than " + maxSize + " bytes");
                }
                SparseMap sparse = entry.sparse();
                writer.file(path, attributes(entry), sparse == null ? content : new SparseInput(sparse, content));
                size += entry.size();
            }
            case SYMLINK -> writer.symlink(path, entry.link(), attributes(entry));
            case HARD_LINK -> writer.link(path, EntryPath.clean(entry.link()));
            case CHARACTER_DEVICE -> special(path, entry, FileType.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> special(path, entry, FileType.BLOCK_DEVICE);
            case FIFO -> special(path, entry, FileType.FIFO);
        }
    }

    private void special(String path, TarEntry entry, FileType type) {
        writer.special(path, type, new Device(entry.major(), entry.minor()), attributes(entry));
    }

    /** Overlay's own attributes in a tar could make it show other folders than the layer's: they are left out. */
    private static FileAttributes attributes(TarEntry entry) {
        Map<String, byte[]> xattrs = entry.xattrs();
        if (xattrs.keySet().stream().anyMatch(name -> name.startsWith(OVERLAY_XATTRS))) {
            xattrs = new LinkedHashMap<>(xattrs);
            xattrs.keySet().removeIf(name -> name.startsWith(OVERLAY_XATTRS));
        }
        return new FileAttributes(entry.uid(), entry.gid(), entry.mode(), entry.modified(), xattrs);
    }

    private void setTime(String path, Instant time) {
        if (path.isEmpty()
                || files.find(path).filter(f -> f.type() == FileType.DIRECTORY).isPresent()) {
            writer.modified(path, time);
        }
    }

    @Override
    public void close() {
        writer.close();
        files.close();
    }
}
