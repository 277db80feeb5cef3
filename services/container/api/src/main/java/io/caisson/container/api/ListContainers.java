package io.caisson.container.api;

import java.util.List;
import java.util.Map;

/**
 * @param all also those that do not run
 * @param limit 0 for all; otherwise the newest, running or not
 * @param filters Docker's: ancestor before exited expose health id is-task label name network publish since status volume
 */
public record ListContainers(boolean all, int limit, Map<String, List<String>> filters) {
    public ListContainers {
        filters = Map.copyOf(filters);
    }
}
