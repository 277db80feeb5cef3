package io.caisson.linux.file;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;

/** Finds and makes folders below a root. Descriptors it returns are the caller's to close. */
final class Folders {
    private Folders() {}

    /** A descriptor of {@code O_PATH}, or a negative error number. */
    static int open(NativeCall call, int root, String folder) {
        String path = folder.isEmpty() ? "." : folder;
        return FileCalls.openInRoot(call, root, call.text(path), Fd.O_PATH | Fd.O_DIRECTORY, 0);
    }

    /** The same, making what is missing with that mode. */
    static int openOrMake(NativeCall call, int root, String folder, int mode) {
        int found = open(call, root, folder);
        if (found != -Errno.ENOENT) {
            return Errno.check("openat2", found, folder);
        }
        RootedPath path = RootedPath.parse(folder);
        int parent = openOrMake(call, root, path.folder(), mode);
        try {
            if (path.isNamed()) {
                make(call, parent, path, mode);
            }
        } finally {
            var _ = Fd.close(parent);
        }
        return Errno.check("openat2", open(call, root, folder), folder);
    }

    private static void make(NativeCall call, int parent, RootedPath path, int mode) {
        MemorySegment name = call.text(path.name());
        int made = FileCalls.mkdir(call, parent, name, mode);
        if (made == -Errno.EEXIST) {
            return; // somebody was faster, or a link that leads nowhere: the caller finds out by opening it
        }
        var _ = Errno.check("mkdirat", made, path.full());
        int fd = Errno.check("openat", FileCalls.open(call, parent, name, Fd.O_DIRECTORY, 0), path.full());
        try {
            var _ = Errno.check("fchmod", AttributeCalls.chmod(call, fd, mode), path.full()); // whatever the umask is
        } finally {
            var _ = Fd.close(fd);
        }
    }
}
