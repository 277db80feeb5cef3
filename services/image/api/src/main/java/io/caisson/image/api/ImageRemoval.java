package io.caisson.image.api;

import java.util.List;

/** @param untagged familiar references; {@code deleted} digests, in the order it happened */
public record ImageRemoval(List<String> untagged, List<String> deleted) {
    public ImageRemoval {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}
