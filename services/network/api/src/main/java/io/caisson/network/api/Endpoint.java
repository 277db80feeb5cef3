package io.caisson.network.api;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.EndpointId;
import io.caisson.kernel.NetworkId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container's connection to a network, as {@code inspect} shows it. Host, none and joined modes have no addresses. */
public record Endpoint(
        NetworkId network,
        String networkName,
        EndpointId id,
        ContainerId container,
        String containerName,
        @Nullable String ipv4Address,
        int ipv4PrefixLength,
        @Nullable String gateway,
        @Nullable String macAddress,
        List<String> aliases,
        List<String> dnsNames,
        @Nullable EndpointRequest request,
        Map<String, String> driverOpts) {
    public Endpoint {
        aliases = List.copyOf(aliases);
        dnsNames = List.copyOf(dnsNames);
        driverOpts = Map.copyOf(driverOpts);
    }
}
