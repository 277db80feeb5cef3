package io.caisson.network.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One IPAM pool: a subnet and its gateway, in CIDR and plain form. */
public record Pool(
        @Nullable String subnet,
        @Nullable String gateway,
        @Nullable String ipRange,
        Map<String, String> auxiliary) {
    public Pool {
        auxiliary = Map.copyOf(auxiliary);
    }
}
