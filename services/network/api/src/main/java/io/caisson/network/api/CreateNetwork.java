package io.caisson.network.api;

import java.util.List;
import java.util.Map;

/** A user-defined network; an empty pool list means the next free subnet. */
public record CreateNetwork(
        String name,
        String driver,
        boolean internal,
        boolean attachable,
        boolean ipv6,
        List<Pool> pools,
        Map<String, String> options,
        Map<String, String> labels) {
    public CreateNetwork {
        pools = List.copyOf(pools);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }
}
