package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.NativeCall;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes many files below a root, as an unpacker does: tens of thousands a second.
 *
 * <p>It keeps the folder of the last entry open, so that neighbours cost no new search; for one thread at a time, and only
 * while nobody else renames or removes folders in the tree. Folders that are missing on the way are made (root's, 0755).
 * Names that exist already fail with {@code EEXIST}: {@link #remove} them first.
 */
public final class TreeWriter implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int FOLDER_MODE = 0755;

    private final Fd root;
    private final byte[] chunk = new byte[CHUNK];
    private final MemorySegment buffer = Arena.ofAuto().allocate(CHUNK, 8);
    private @Nullable String folder;
    private int folderFd = -1;

    TreeWriter(Fd root) {
        this.root = root;
    }

    /** A regular file with all of {@code content}, which is read to its end and stays open. */
    public void file(String path, FileAttributes attributes, InputStream content) throws IOException {
        try (var call = NativeCall.open()) {
            RootedPath at = named(path);
            int flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_EXCL;
            int fd = Errno.check(
                    "openat", FileCalls.open(call, folder(call, at), call.text(at.name()), flags, 0600), path);
            try {
                copy(call, content, fd, path);
                Attributes.applyOpen(call, fd, attributes, path);
            } finally {
                var _ = Fd.close(fd);
            }
        }
    }

    /** A folder; one that exists already keeps its content and gets these attributes. */
    public void folder(String path, FileAttributes attributes) {
        try (var call = NativeCall.open()) {
            RootedPath at = RootedPath.parse(path);
            if (at.name().isEmpty() || at.name().equals(".")) {
                existing(call, root.number(), call.text("."), attributes, path);
                return;
            }
            MemorySegment name = call.text(named(path).name());
            int parent = folder(call, at);
            int made = FileCalls.mkdir(call, parent, name, 0700);
            if (made != -Errno.EEXIST) {
                var _ = Errno.check("mkdirat", made, path);
            }
            existing(call, parent, name, attributes, path);
        }
    }

    private static void existing(
            NativeCall call, int parent, MemorySegment name, FileAttributes attributes, String path) {
        int fd = FileCalls.open(call, parent, name, Fd.O_DIRECTORY, 0);
        fd = Errno.check("mkdirat", fd == -Errno.ENOTDIR || fd == -Errno.ELOOP ? -Errno.EEXIST : fd, path);
        try {
            Attributes.applyOpen(call, fd, attributes, path);
        } finally {
            var _ = Fd.close(fd);
        }
    }

    /** @param target any text: it is stored, not looked up */
    public void symlink(String path, String target, FileAttributes attributes) {
        try (var call = NativeCall.open()) {
            RootedPath at = named(path);
            int parent = folder(call, at);
            MemorySegment name = call.text(at.name());
            var _ = Errno.check("symlinkat", FileCalls.symlink(call, call.text(target), parent, name), path);
            attributes(call, parent, name, FileType.SYMLINK, attributes, path);
        }
    }

    /** Another name for a file below the same root; a symbolic link as its last component is linked itself. */
    public void link(String path, String existing) {
        try (var call = NativeCall.open()) {
            RootedPath from = named(existing);
            RootedPath to = named(path);
            int fromFolder = Errno.check("openat2", Folders.open(call, root.number(), from.folder()), existing);
            try {
                int result = FileCalls.link(
                        call, fromFolder, call.text(from.name()), folder(call, to), call.text(to.name()));
                var _ = Errno.check("linkat", result, path);
            } finally {
                var _ = Fd.close(fromFolder);
            }
        }
    }

    /** A device file, FIFO or socket; {@code device} is {@link FileStat.Device#NONE} where it has no meaning. */
    public void special(String path, FileType type, FileStat.Device device, FileAttributes attributes) {
        try (var call = NativeCall.open()) {
            RootedPath at = named(path);
            int parent = folder(call, at);
            MemorySegment name = call.text(at.name());
            int result = FileCalls.mknod(call, parent, name, type.bits() | 0600, device.encoded());
            var _ = Errno.check("mknodat", result, path);
            attributes(call, parent, name, type, attributes, path);
        }
    }

    /** Sets the times of what is there: of folders, once everything in them is written. */
    public void modified(String path, Instant time) {
        try (var call = NativeCall.open()) {
            RootedPath at = RootedPath.parse(path);
            boolean isRoot = !at.isNamed();
            int parent = isRoot ? root.number() : folder(call, at);
            int fd = FileCalls.open(call, parent, call.text(isRoot ? "." : at.name()), Fd.O_PATH, 0);
            fd = Errno.check("openat", fd, path);
            try {
                MemorySegment file = AttributeCalls.pathOf(call, fd);
                var _ = Errno.check("utimensat", AttributeCalls.times(call, file, time), path);
            } finally {
                var _ = Fd.close(fd);
            }
        }
    }

    /** Removes a file, or a folder with all in it; nothing to do where there is none. */
    public void remove(String path) {
        try (var call = NativeCall.open()) {
            RootedPath at = named(path);
            int parent = Folders.open(call, root.number(), at.folder());
            if (parent == -Errno.ENOENT || parent == -Errno.ENOTDIR) {
                return;
            }
            var _ = Errno.check("openat2", parent, path);
            forget();
            try {
                TreeRemoval.remove(call, parent, call.text(at.name()), path);
            } finally {
                var _ = Fd.close(parent);
            }
        }
    }

    private static void attributes(
            NativeCall call, int parent, MemorySegment name, FileType type, FileAttributes attributes, String path) {
        int fd = Errno.check("openat", FileCalls.open(call, parent, name, Fd.O_PATH, 0), path);
        try {
            Attributes.applyPath(call, fd, type, attributes, path);
        } finally {
            var _ = Fd.close(fd);
        }
    }

    private static RootedPath named(String path) {
        RootedPath at = RootedPath.parse(path);
        if (!at.isNamed()) {
            throw new LinuxException("openat2", Errno.EINVAL, "no name in " + path);
        }
        return at;
    }

    private int folder(NativeCall call, RootedPath at) {
        if (!at.folder().equals(folder)) {
            int fd = Folders.openOrMake(call, root.number(), at.folder(), FOLDER_MODE);
            forget();
            folder = at.folder();
            folderFd = fd;
        }
        return folderFd;
    }

    private void copy(NativeCall call, InputStream content, int fd, String path) throws IOException {
        for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
            MemorySegment.copy(chunk, 0, buffer, JAVA_BYTE, 0, n);
            for (long done = 0; done < n; ) {
                long written = FileCalls.write(call, fd, buffer.asSlice(done, n - done));
                if (written < 0 && written != -Errno.EINTR) {
                    throw new LinuxException("write", (int) -written, path);
                }
                done += Math.max(0, written);
            }
        }
    }

    private void forget() {
        if (folderFd >= 0) {
            var _ = Fd.close(folderFd);
            folderFd = -1;
            folder = null;
        }
    }

    @Override
    public void close() {
        forget();
    }
}
