package io.caisson.container.api;

import io.caisson.kernel.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the containers that do not run are to go.
 *
 * @param node where the event is recorded
 * @param filters {@code label} and {@code label!}; others are INVALID
 * @param until only those created before
 */
public record PruneContainers(
        NodeId node,
        Map<String, List<String>> filters,
        @Nullable Instant until) {
    public PruneContainers {
        filters = Map.copyOf(filters);
    }
}
