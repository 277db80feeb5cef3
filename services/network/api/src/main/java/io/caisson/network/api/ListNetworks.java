package io.caisson.network.api;

import java.util.List;
import java.util.Map;

/** Docker's filters: driver, id, label, name, scope, type, dangling. Unknown keys are INVALID. */
public record ListNetworks(Map<String, List<String>> filters) {
    public ListNetworks {
        filters = Map.copyOf(filters);
    }
}
