package io.caisson.executor.files;

import io.caisson.kernel.Fault;
import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileStat.Device;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.file.TreeWriter;
import io.caisson.linux.user.Identity;
import io.caisson.tar.Compression;
import io.caisson.tar.SparseInput;
import io.caisson.tar.SparseMap;
import io.caisson.tar.TarEntry;
import io.caisson.tar.TarException;
import io.caisson.tar.TarReader;
import io.caisson.tar.TarType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar into a folder of a container, by Docker's rules: folders are merged, everything else replaces what has its
 * name. Names cannot lead out of the folder, links on the way not out of the container.
 */
public final class Extraction implements AutoCloseable {
    private static final String OVERLAY_XATTRS = "trusted.overlay.";

    private final RootedFiles files;
    private final TreeWriter writer;
    private final String folder;
    private final boolean keepKinds;
    private final @Nullable Identity owner;
    private final LinkedHashMap<String, Instant> folderTimes = new LinkedHashMap<>();

    /**
     * @param folder absolute and real
     * @param owner of everything; null for what the tar says
     */
    public Extraction(RootedFiles files, String folder, boolean keepKinds, @Nullable Identity owner) {
        this.files = files;
        this.writer = files.writer();
        this.folder = folder;
        this.keepKinds = keepKinds;
        this.owner = owner;
    }

    /** Reads to the end, which may be compressed. Faults are INTERNAL, as Docker's; what was unpacked before one stays. */
    public void run(InputStream in) throws IOException {
        try {
            var reader = new TarReader(Compression.decompress(in));
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                put(entry, reader.content());
            }
            folderTimes.reversed().forEach(this::setTime);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (TarException e) {
            throw Fault.internal(String.valueOf(e.getMessage()), e);
        }
    }

    private void setTime(String path, Instant time) {
        if (files.find(path).filter(stat -> stat.type() == FileType.DIRECTORY).isPresent()) {
            writer.modified(path, time);
        }
    }

    private void put(TarEntry entry, InputStream content) throws IOException {
        String path = inside(entry.path());
        if (path.equals(folder) && !entry.path().startsWith("/")) {
            return; // the folder itself stays as it is
        }
        try {
            make(path, entry, content);
        } catch (LinuxException e) {
            throw Fault.internal("cannot write " + path + ": " + PathLookup.words(e), e);
        }
    }

    private String inside(String name) {
        var depth = 0;
        for (String part : name.split("/")) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                throw new TarException("\"" + name + "\" is outside of \"" + folder + "\"");
            }
        }
        return ContainerPath.clean(folder + "/" + name);
    }

    private void make(String path, TarEntry entry, InputStream content) throws IOException {
        try {
            create(path, entry, content);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            // Content is not touched before the name is made, so that trying again loses nothing.
            makeRoom(path, entry);
            create(path, entry, content);
        }
    }

    private void makeRoom(String path, TarEntry entry) {
        FileStat there = files.lstat(path);
        boolean wasFolder = there.type() == FileType.DIRECTORY;
        if (keepKinds && wasFolder) {
            throw Fault.internal(
                    "cannot overwrite directory \"" + path + "\" with non-directory \"" + folder + "\"", null);
        }
        if (keepKinds && entry.type() == TarType.DIRECTORY) {
            throw Fault.internal(
                    "cannot overwrite non-directory \"" + path + "\" with directory \"" + folder + "\"", null);
        }
        writer.remove(path);
    }

    private void create(String path, TarEntry entry, InputStream content) throws IOException {
        switch (entry.type()) {
            case DIRECTORY -> {
                writer.folder(path, attributes(entry));
                folderTimes.put(path, entry.modified());
            }
            case FILE -> file(path, entry, content);
            case SYMLINK -> writer.symlink(path, entry.link(), attributes(entry));
            case HARD_LINK -> writer.link(path, inside(entry.link()));
            case CHARACTER_DEVICE -> special(path, entry, FileType.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> special(path, entry, FileType.BLOCK_DEVICE);
            case FIFO -> special(path, entry, FileType.FIFO);
        }
    }

    /** Half a file is not left behind. */
    private void file(String path, TarEntry entry, InputStream content) throws IOException {
        SparseMap sparse = entry.sparse();
        try {
            writer.file(path, attributes(entry), sparse == null ? content : new SparseInput(sparse, content));
        } catch (IOException | TarException e) {
            writer.remove(path);
            throw e;
        } catch (LinuxException e) {
            if (e.call().equals("write")) {
                writer.remove(path);
            }
            throw e;
        }
    }

    private void special(String path, TarEntry entry, FileType type) {
        writer.special(path, type, new Device(entry.major(), entry.minor()), attributes(entry));
    }

    private FileAttributes attributes(TarEntry entry) {
        Map<String, byte[]> xattrs = entry.xattrs().entrySet().stream()
                .filter(xattr -> !xattr.getKey().startsWith(OVERLAY_XATTRS))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        int uid = owner == null ? entry.uid() : owner.uid();
        int gid = owner == null ? entry.gid() : owner.gid();
        return new FileAttributes(uid, gid, entry.mode(), entry.modified(), xattrs);
    }

    @Override
    public void close() {
        writer.close();
    }
}
