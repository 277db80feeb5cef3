package io.caisson.executor.api;

/**
 * A difference between a container's root file system and its image's.
 *
 * @param path absolute
 */
public record FileChange(Kind kind, String path) {
    public enum Kind {
        MODIFIED,
        ADDED,
        DELETED
    }
}
