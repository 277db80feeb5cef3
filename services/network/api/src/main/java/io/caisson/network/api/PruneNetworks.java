package io.caisson.network.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which unused networks go.
 *
 * @param filters {@code label} and {@code label!}; others are INVALID
 * @param until only those created before; null for all
 */
public record PruneNetworks(
        Map<String, List<String>> filters, @Nullable Instant until) {
    public PruneNetworks {
        filters = Map.copyOf(filters);
    }
}
