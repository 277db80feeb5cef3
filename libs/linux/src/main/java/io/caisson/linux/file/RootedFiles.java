package io.caisson.linux.file;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.NativeCall;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files below one folder as a process sees them whose root it is: {@code ..}, absolute links and {@code /proc}'s magic
 * links never lead out, whatever somebody changes in the tree meanwhile (openat2(2) with {@code RESOLVE_IN_ROOT}).
 *
 * <p>Paths count from the root, with or without a slash at the start. A last component that is a symbolic link is followed
 * only where a method says so. Names are UTF-8. Safe for many threads; blocks. Failures are {@link LinuxException}.
 */
public final class RootedFiles implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final int PATH_LIMIT = 4096;

    private final Fd root;

    private RootedFiles(Fd root) {
        this.root = root;
    }

    /** Below a folder of the host, such as {@code /proc/PID/root}; this first path is trusted and followed. */
    public static RootedFiles at(Path root) {
        return owning(Fd.open(root, Fd.O_PATH | Fd.O_DIRECTORY));
    }

    /** Below a folder that is open already; closed with this object. */
    public static RootedFiles owning(Fd folder) {
        return new RootedFiles(folder);
    }

    /** For unpacking many files; to be closed before this object. */
    public TreeWriter writer() {
        return new TreeWriter(root);
    }

    /**
     * openat2(2), following a last component that is a link. Opening a FIFO may block, opening a device may act: prefer
     * {@link #read} and {@link #write}.
     */
    public Fd open(String path, int flags, int mode) {
        try (var call = NativeCall.open()) {
            return Fd.owning(openWhole(call, path, flags, mode));
        }
    }

    /** Of the file that the path leads to. */
    public FileStat stat(String path) {
        try (var call = NativeCall.open()) {
            int fd = openWhole(call, path, Fd.O_PATH, 0);
            try {
                return statOf(call, fd, path);
            } finally {
                var _ = Fd.close(fd);
            }
        }
    }

    /** Of the last component itself. */
    public FileStat lstat(String path) {
        return opened(path, (call, fd) -> statOf(call, fd, path));
    }

    /** The same, empty where there is no such file. */
    public Optional<FileStat> find(String path) {
        try {
            return Optional.of(lstat(path));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Where a symbolic link points to, as it is stored; {@code EINVAL} where the path is none. */
    public String readlink(String path) {
        return opened(path, (call, fd) -> {
            MemorySegment buffer = call.memory(PATH_LIMIT);
            long length = Errno.check("readlinkat", FileCalls.readlink(call, fd, call.text(""), buffer));
            return text(buffer, length);
        });
    }

    /** The names in a folder (links to one are followed), in no order. */
    public List<String> list(String path) {
        try (var call = NativeCall.open()) {
            int fd = openWhole(call, path, Fd.O_DIRECTORY, 0);
            try {
                MemorySegment buffer = call.memory(BUFFER);
                var names = new ArrayList<String>();
                while (true) {
                    long length = Errno.check("getdents64", FileCalls.getdents(call, fd, buffer));
                    if (length == 0) {
                        return names;
                    }
                    TreeRemoval.names(buffer.asSlice(0, length)).forEach(name -> names.add(name.getString(0)));
                }
            } finally {
                var _ = Fd.close(fd);
            }
        }
    }

    /** The content of a regular file, following links; {@code EINVAL} for anything but a regular file. */
    public FileInputStream read(String path) throws IOException {
        try (Fd file = regular(path)) {
            return new FileInputStream(file.path().toFile());
        }
    }

    /** The whole of a regular file; {@code EFBIG} when it has more than {@code limit} bytes. */
    public byte[] readAll(String path, int limit) throws IOException {
        try (FileInputStream in = read(path)) {
            byte[] bytes = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new LinuxException("read", Errno.EFBIG, path);
            }
            return bytes;
        }
    }

    /**
     * A regular file, new or emptied, following links that lead to one.
     *
     * @param mode of a new file, less the process's umask
     */
    public FileOutputStream write(String path, int mode) throws IOException {
        try (Fd file = regularOrNew(path, mode)) {
            return new FileOutputStream(file.path().toFile());
        }
    }

    private Fd regularOrNew(String path, int mode) {
        try {
            return regular(path);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return open(path, Fd.O_WRONLY | Fd.O_CREAT | Fd.O_EXCL, mode);
        }
    }

    private Fd regular(String path) {
        try (var call = NativeCall.open()) {
            Fd file = Fd.owning(openWhole(call, path, Fd.O_PATH, 0));
            if (statOf(call, file.number(), path).type() != FileType.REGULAR) {
                file.close();
                throw new LinuxException("openat2", Errno.EINVAL, "not a regular file: " + path);
            }
            return file;
        }
    }

    /** A folder and those above it that are missing, with exactly that mode; nothing to do where it exists. */
    public void mkdirs(String path, int mode) {
        try (var call = NativeCall.open()) {
            RootedPath at = RootedPath.parse(path);
            var _ = Fd.close(Folders.openOrMake(call, root.number(), at.full(), mode));
        }
    }

    public void symlink(String path, String target) {
        named("symlinkat", path, (call, dir, name) -> FileCalls.symlink(call, call.text(target), dir, name));
    }

    /** A device file, FIFO or socket; the mode less the process's umask. */
    public void mknod(String path, FileType type, int mode, FileStat.Device device) {
        named(
                "mknodat",
                path,
                (call, dir, name) -> FileCalls.mknod(call, dir, name, type.bits() | mode, device.encoded()));
    }

    /** rename(2): replaces a file of that name, and a folder only where it is empty. */
    public void rename(String from, String to) {
        named("renameat", to, (call, toDir, toName) -> {
            named("renameat", from, (_, dir, name) -> FileCalls.rename(call, dir, name, toDir, toName));
            return 0;
        });
    }

    public void unlink(String path) {
        named("unlinkat", path, (call, dir, name) -> FileCalls.unlink(call, dir, name, 0));
    }

    /** Only an empty folder. */
    public void rmdir(String path) {
        named("unlinkat", path, (call, dir, name) -> FileCalls.unlink(call, dir, name, FileCalls.AT_REMOVEDIR));
    }

    /** A file, or a folder with all in it; nothing to do where there is none. */
    public void removeTree(String path) {
        try (TreeWriter writer = writer()) {
            writer.remove(path);
        }
    }

    public void chown(String path, int uid, int gid) {
        opened(path, (call, fd) -> Errno.check("fchownat", AttributeCalls.chown(call, fd, uid, gid), path));
    }

    /** Exactly that mode; {@code EOPNOTSUPP} for a symbolic link. */
    public void chmod(String path, int mode) {
        opened(path, (call, fd) -> {
            boolean link = statOf(call, fd, path).type() == FileType.SYMLINK;
            int result = link ? -Errno.EOPNOTSUPP : AttributeCalls.chmod(call, AttributeCalls.pathOf(call, fd), mode);
            return Errno.check("chmod", result, path);
        });
    }

    /** Owner, mode, times and extended attributes at once. */
    public void setAttributes(String path, FileAttributes attributes) {
        opened(path, (call, fd) -> {
            Attributes.applyPath(call, fd, statOf(call, fd, path).type(), attributes, path);
            return 0;
        });
    }

    /** The extended attributes of the file. */
    public Xattrs xattrs(String path) {
        return new Xattrs(this, path);
    }

    /** Work with a descriptor of {@code O_PATH} of the last component itself. */
    <T> T opened(String path, OnFile<T> work) {
        try (var call = NativeCall.open()) {
            int fd = openWhole(call, path, Fd.O_PATH | Fd.O_NOFOLLOW, 0);
            try {
                return work.apply(call, fd);
            } finally {
                var _ = Fd.close(fd);
            }
        }
    }

    private void named(String what, String path, OnName work) {
        RootedPath at = RootedPath.parse(path);
        if (!at.isNamed()) {
            throw new LinuxException(what, Errno.EINVAL, "no name in " + path);
        }
        try (var call = NativeCall.open()) {
            int dir = Errno.check("openat2", Folders.open(call, root.number(), at.folder()), path);
            try {
                var _ = Errno.check(what, work.apply(call, dir, call.text(at.name())), path);
            } finally {
                var _ = Fd.close(dir);
            }
        }
    }

    private int openWhole(NativeCall call, String path, int flags, int mode) {
        MemorySegment text = call.text(path.isEmpty() ? "." : path);
        return Errno.check("openat2", FileCalls.openInRoot(call, root.number(), text, flags, mode), path);
    }

    private static FileStat statOf(NativeCall call, int fd, String path) {
        MemorySegment buffer = call.memory(FileStat.SIZE);
        var _ = Errno.check("statx", FileCalls.statx(call, fd, call.text(""), true, buffer), path);
        return FileStat.read(buffer);
    }

    private static String text(MemorySegment buffer, long length) {
        return StandardCharsets.UTF_8
                .decode(buffer.asSlice(0, length).asByteBuffer())
                .toString();
    }

    @Override
    public void close() {
        root.close();
    }

    /** Work with an open file. */
    @FunctionalInterface
    interface OnFile<T> {
        T apply(NativeCall call, int fd);
    }

    @FunctionalInterface
    private interface OnName {
        int apply(NativeCall call, int dir, MemorySegment name);
    }
}
