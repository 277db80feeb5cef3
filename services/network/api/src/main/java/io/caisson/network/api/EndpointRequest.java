package io.caisson.network.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user asks of one endpoint ({@code EndpointSettings} of a create or connect request). */
public record EndpointRequest(
        @Nullable String ipv4Address,
        @Nullable String ipv6Address,
        @Nullable String macAddress,
        List<String> aliases,
        List<String> links,
        Map<String, String> driverOpts,
        @Nullable Integer gwPriority) {
    public EndpointRequest {
        aliases = List.copyOf(aliases);
        links = List.copyOf(links);
        driverOpts = Map.copyOf(driverOpts);
    }

    public static EndpointRequest none() {
        return new EndpointRequest(null, null, null, List.of(), List.of(), Map.of(), null);
    }
}
