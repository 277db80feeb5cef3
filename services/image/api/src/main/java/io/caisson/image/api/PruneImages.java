package io.caisson.image.api;

import java.util.List;
import java.util.Map;

/**
 * @param filters Docker's: {@code dangling} (true unless it is said otherwise), {@code until}, {@code label}, {@code label!}
 * @param inUse ids of images that containers use: they stay
 */
public record PruneImages(Map<String, List<String>> filters, List<String> inUse) {
    public PruneImages {
        filters = Map.copyOf(filters);
        inUse = List.copyOf(inUse);
    }
}
