package io.caisson.executor.api;

import java.time.Instant;

/**
 * What a path in a container leads to; a last component that is a symbolic link is not followed.
 *
 * @param name the last component as it was asked for; {@code /} for the root
 * @param mode permissions with set-uid, set-gid and sticky bits: the lower 12 bits
 * @param size in bytes, of folders as the file system tells it
 * @param linkTarget where a symbolic link leads to in the end, as a path in the container; empty for anything else
 */
public record PathStat(String name, Kind kind, int mode, long size, Instant modified, String linkTarget) {
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        SOCKET
    }
}
