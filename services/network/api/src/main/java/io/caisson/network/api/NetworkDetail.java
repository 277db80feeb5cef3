package io.caisson.network.api;

import io.caisson.kernel.NetworkId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A network and the endpoints that are active on it. */
public record NetworkDetail(
        NetworkId id,
        String name,
        String driver,
        String scope,
        Instant created,
        boolean internal,
        boolean attachable,
        boolean ipv6,
        List<Pool> pools,
        Map<String, String> options,
        Map<String, String> labels,
        List<Endpoint> endpoints) {
    public NetworkDetail {
        pools = List.copyOf(pools);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
        endpoints = List.copyOf(endpoints);
    }
}
