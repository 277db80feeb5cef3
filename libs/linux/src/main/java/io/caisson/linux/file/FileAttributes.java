package io.caisson.linux.file;

import java.time.Instant;
import java.util.Map;

/**
 * What a new file gets besides its content.
 *
 * @param mode the lower 12 bits, exactly: the process's umask does not change them; without meaning for symbolic links
 * @param modified the time of its last change; the time of its last access becomes the same
 * @param xattrs extended attributes by their full names such as {@code security.capability}
 */
public record FileAttributes(int uid, int gid, int mode, Instant modified, Map<String, byte[]> xattrs) {
    public FileAttributes {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode has 12 bits: " + Integer.toOctalString(mode));
        }
        xattrs = Map.copyOf(xattrs);
    }

    public FileAttributes(int uid, int gid, int mode, Instant modified) {
        this(uid, gid, mode, modified, Map.of());
    }
}
