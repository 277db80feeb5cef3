package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.caisson.linux.Errno;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The extended attributes of one file, of a symbolic link its own. Names are full: {@code user.x}, {@code trusted.y}. */
public final class Xattrs {
    /** The kernel's limit for a value and for all names together. */
    private static final int LIMIT = 64 * 1024;

    private final RootedFiles files;
    private final String path;

    Xattrs(RootedFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** Empty as well where the file system has none. */
    public List<String> names() {
        return files.opened(path, (call, fd) -> {
            MemorySegment buffer = call.memory(LIMIT);
            long length = AttributeCalls.listXattr(call, AttributeCalls.pathOf(call, fd), buffer);
            if (length == -Errno.EOPNOTSUPP || length == 0) {
                return List.of();
            }
            byte[] bytes = buffer.asSlice(0, Errno.check("listxattr", length)).toArray(JAVA_BYTE);
            return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
        });
    }

    public Optional<byte[]> get(String name) {
        return files.opened(path, (call, fd) -> {
            MemorySegment buffer = call.memory(LIMIT);
            long length = AttributeCalls.getXattr(call, AttributeCalls.pathOf(call, fd), name, buffer);
            if (length == -Errno.ENODATA || length == -Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            return Optional.of(
                    buffer.asSlice(0, Errno.check("getxattr", length)).toArray(JAVA_BYTE));
        });
    }

    /** All of them, by name. */
    public Map<String, byte[]> all() {
        var all = new TreeMap<String, byte[]>();
        for (String name : names()) {
            get(name).ifPresent(value -> all.put(name, value));
        }
        return all;
    }

    /** Adds or replaces one. */
    public void set(String name, byte[] value) {
        files.opened(
                path,
                (call, fd) -> Errno.check(
                        "setxattr",
                        AttributeCalls.setXattr(call, AttributeCalls.pathOf(call, fd), name, value),
                        path + " " + name));
    }

    /** Nothing to do where there is none of that name. */
    public void remove(String name) {
        files.opened(path, (call, fd) -> {
            int result = AttributeCalls.removeXattr(call, AttributeCalls.pathOf(call, fd), name);
            return Errno.check("removexattr", result == -Errno.ENODATA ? 0 : result, path + " " + name);
        });
    }
}
