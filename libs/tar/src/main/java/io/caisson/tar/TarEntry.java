package io.caisson.tar;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a tar, as it stands there: nothing about its names is to be trusted.
 *
 * @param link target of a symbolic or hard link, else empty
 * @param mode the lower 12 bits
 * @param size of the content as a file has it, holes included; 0 for anything but a file
 * @param xattrs by full name, such as {@code security.capability}
 * @param sparse where the stored bytes belong; null where the file has no holes
 */
public record TarEntry(
        TarType type,
        String path,
        String link,
        int mode,
        int uid,
        int gid,
        long size,
        Instant modified,
        int major,
        int minor,
        Map<String, byte[]> xattrs,
        @Nullable SparseMap sparse) {
    public TarEntry {
        xattrs = Map.copyOf(xattrs);
    }
}
