package io.caisson.engine.api.container;

import io.caisson.executor.api.FileChange;

/** @param kind 0 modified, 1 added, 2 deleted */
public record ChangeView(String path, int kind) {
    public static ChangeView of(FileChange change) {
        int kind =
                switch (change.kind()) {
                    case MODIFIED -> 0;
                    case ADDED -> 1;
                    case DELETED -> 2;
                };
        return new ChangeView(change.path(), kind);
    }
}
