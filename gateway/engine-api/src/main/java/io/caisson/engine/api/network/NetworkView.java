package io.caisson.engine.api.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.GoTime;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.Pool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network, as list and inspect show it; only inspect tells who is on it. */
public record NetworkView(
        String name,
        String id,
        String created,
        String scope,
        String driver,

        @JsonProperty("EnableIPv4") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Boolean enableIpv4,

        @JsonProperty("EnableIPv6") boolean enableIpv6,
        @JsonProperty("IPAM") Ipam ipam,
        boolean internal,
        boolean attachable,
        boolean ingress,
        ConfigFrom configFrom,
        boolean configOnly,
        Map<String, Member> containers,
        Map<String, String> options,
        Map<String, String> labels) {
    private static final int ENABLE_IPV4 = 48;

    public record Ipam(String driver, @Nullable Map<String, String> options, List<IpamPool> config) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record IpamPool(
            @Nullable String subnet,
            @JsonProperty("IPRange") @Nullable String ipRange,
            @Nullable String gateway,
            Map<String, String> auxiliaryAddresses) {}

    public record ConfigFrom(String network) {}

    public record Member(
            String name,
            @JsonProperty("EndpointID") String endpointId,
            String macAddress,
            @JsonProperty("IPv4Address") String ipv4Address,
            @JsonProperty("IPv6Address") String ipv6Address) {}

    public static NetworkView inspected(NetworkDetail network, ApiVersion version) {
        Map<String, Member> members = new LinkedHashMap<>();
        network.endpoints().forEach(endpoint -> members.put(endpoint.container().value(), member(endpoint)));
        return of(network, members, version);
    }

    public static NetworkView listed(NetworkDetail network, ApiVersion version) {
        return of(network, Map.of(), version);
    }

    private static NetworkView of(NetworkDetail network, Map<String, Member> members, ApiVersion version) {
        return new NetworkView(
                network.name(),
                network.id().value(),
                GoTime.of(network.created()),
                network.scope(),
                network.driver(),
                version.atLeast(ENABLE_IPV4) ? Boolean.TRUE : null,
                network.ipv6(),
                new Ipam(
                        "default",
                        null,
                        network.pools().stream().map(NetworkView::pool).toList()),
                network.internal(),
                network.attachable(),
                false,
                new ConfigFrom(""),
                false,
                members,
                network.options(),
                network.labels());
    }

    private static IpamPool pool(Pool pool) {
        return new IpamPool(pool.subnet(), pool.ipRange(), pool.gateway(), pool.auxiliary());
    }

    private static Member member(Endpoint endpoint) {
        String address = endpoint.ipv4Address();
        return new Member(
                endpoint.containerName(),
                endpoint.id().value(),
                endpoint.macAddress() == null ? "" : endpoint.macAddress(),
                address == null ? "" : address + "/" + endpoint.ipv4PrefixLength(),
                "");
    }
}
