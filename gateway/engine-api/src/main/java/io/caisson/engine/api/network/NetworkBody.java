package io.caisson.engine.api.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.engine.api.JsonBody;
import io.caisson.kernel.Fault;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.api.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /networks/create}. */
public record NetworkBody(
        @Nullable String name,
        @Nullable String driver,
        boolean internal,
        boolean attachable,
        boolean ingress,
        boolean configOnly,
        @JsonProperty("EnableIPv6") @Nullable Boolean enableIpv6,
        @JsonProperty("IPAM") @Nullable IpamBody ipam,
        @Nullable Map<String, String> options,
        @Nullable Map<String, String> labels) {

    record IpamBody(@Nullable String driver, @Nullable List<PoolBody> config) {}

    record PoolBody(
            @Nullable String subnet,
            @JsonProperty("IPRange") @Nullable String ipRange,
            @Nullable String gateway,
            @Nullable Map<String, String> auxiliaryAddresses) {
        private Pool pool() {
            return new Pool(subnet, gateway, ipRange, Objects.requireNonNullElse(auxiliaryAddresses, Map.of()));
        }
    }

    /** INVALID without a name; UNSUPPORTED for swarm's kinds of networks and foreign IPAM drivers. */
    public static CreateNetwork parse(byte[] bytes) {
        return JsonBody.read(bytes, NetworkBody.class).command();
    }

    private CreateNetwork command() {
        if (name == null || name.isBlank()) {
            throw Fault.invalid("invalid network name: name is empty");
        }
        if (ingress || configOnly) {
            throw Fault.unsupported((ingress ? "an ingress" : "a configuration-only") + " network is not implemented");
        }
        String ipamDriver = ipam == null || ipam.driver == null || ipam.driver.isEmpty() ? "default" : ipam.driver;
        if (!ipamDriver.equals("default")) {
            throw Fault.unsupported("IPAM driver \"" + ipamDriver + "\" is not implemented");
        }
        List<PoolBody> pools = ipam == null || ipam.config == null ? List.of() : ipam.config;
        return new CreateNetwork(
                name,
                driver == null || driver.isEmpty() ? "bridge" : driver,
                internal,
                attachable,
                Boolean.TRUE.equals(enableIpv6),
                pools.stream().map(PoolBody::pool).toList(),
                Objects.requireNonNullElse(options, Map.of()),
                Objects.requireNonNullElse(labels, Map.of()));
    }
}
