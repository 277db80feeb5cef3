package io.caisson.container.api;

import java.util.List;

/** @param bytes that their own layers took */
public record PrunedContainers(List<String> ids, long bytes) {
    public PrunedContainers {
        ids = List.copyOf(ids);
    }
}
