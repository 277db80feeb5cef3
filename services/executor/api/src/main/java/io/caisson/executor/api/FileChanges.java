package io.caisson.executor.api;

import java.util.List;

/** Some of a container's changes. */
public record FileChanges(List<FileChange> changes) {
    public FileChanges {
        changes = List.copyOf(changes);
    }
}
