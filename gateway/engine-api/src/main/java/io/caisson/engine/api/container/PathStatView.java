package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.engine.api.GoTime;
import io.caisson.executor.api.PathStat;

/** What {@code X-Docker-Container-Path-Stat} tells; the mode is one of Go's, whose bits for types are its own. */
public record PathStatView(
        @JsonProperty("name") String name,
        @JsonProperty("size") long size,
        @JsonProperty("mode") long mode,
        @JsonProperty("mtime") String modified,
        @JsonProperty("linkTarget") String linkTarget) {
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;

    public static PathStatView of(PathStat stat) {
        return new PathStatView(stat.name(), stat.size(), mode(stat), GoTime.of(stat.modified()), stat.linkTarget());
    }

    private static long mode(PathStat stat) {
        long mode = stat.mode() & 0777L;
        mode |= (stat.mode() & SET_UID) != 0 ? 1L << 23 : 0;
        mode |= (stat.mode() & SET_GID) != 0 ? 1L << 22 : 0;
        mode |= (stat.mode() & STICKY) != 0 ? 1L << 20 : 0;
        return mode
                | switch (stat.kind()) {
                    case FILE -> 0;
                    case DIRECTORY -> 1L << 31;
                    case SYMLINK -> 1L << 27;
                    case BLOCK_DEVICE -> 1L << 26;
                    case CHARACTER_DEVICE -> 1L << 26 | 1L << 21;
                    case FIFO -> 1L << 25;
                    case SOCKET -> 1L << 24;
                };
    }
}
