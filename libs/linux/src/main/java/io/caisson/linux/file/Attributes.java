package io.caisson.linux.file;

import io.caisson.linux.Errno;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** Gives files their attributes, in the order in which the kernel does not undo any: a change of owner clears others. */
final class Attributes {
    private Attributes() {}

    /** By a descriptor that is open for reading or writing. */
    static void applyOpen(NativeCall call, int fd, FileAttributes attributes, String path) {
        var _ = Errno.check("fchown", AttributeCalls.chown(call, fd, attributes.uid(), attributes.gid()), path);
        var _ = Errno.check("fchmod", AttributeCalls.chmod(call, fd, attributes.mode()), path);
        if (!attributes.xattrs().isEmpty()) {
            xattrs(call, AttributeCalls.pathOf(call, fd), attributes.xattrs(), path);
        }
        var _ = Errno.check("futimens", AttributeCalls.times(call, fd, attributes.modified()), path);
    }

    /** By a descriptor of {@code O_PATH}, of whatever type the file is. */
    static void applyPath(NativeCall call, int fd, FileType type, FileAttributes attributes, String path) {
        MemorySegment file = AttributeCalls.pathOf(call, fd);
        var _ = Errno.check("fchownat", AttributeCalls.chown(call, fd, attributes.uid(), attributes.gid()), path);
        if (type != FileType.SYMLINK) {
            var _ = Errno.check("chmod", AttributeCalls.chmod(call, file, attributes.mode()), path);
        }
        xattrs(call, file, attributes.xattrs(), path);
        var _ = Errno.check("utimensat", AttributeCalls.times(call, file, attributes.modified()), path);
    }

    private static void xattrs(NativeCall call, MemorySegment file, Map<String, byte[]> xattrs, String path) {
        xattrs.forEach((name, value) -> {
            var _ = Errno.check("setxattr", AttributeCalls.setXattr(call, file, name, value), path + " " + name);
        });
    }
}
