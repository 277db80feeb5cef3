package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.engine.api.JsonBody;
import io.caisson.network.api.EndpointRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client asks of one endpoint: the writable part of {@code EndpointSettings}. */
public record EndpointBody(
        @JsonProperty("IPAMConfig") @Nullable Addresses addresses,
        @Nullable String macAddress,
        @Nullable List<String> aliases,
        @Nullable List<String> links,
        @Nullable Map<String, String> driverOpts,
        @Nullable Integer gwPriority) {

    public record Addresses(
            @JsonProperty("IPv4Address") @Nullable String ipv4Address,
            @JsonProperty("IPv6Address") @Nullable String ipv6Address) {}

    public static EndpointRequest request(JsonNode node) {
        return node.isObject() ? JsonBody.convert(node, EndpointBody.class).request() : EndpointRequest.none();
    }

    private EndpointRequest request() {
        return new EndpointRequest(
                addresses == null ? null : blankToNull(addresses.ipv4Address),
                addresses == null ? null : blankToNull(addresses.ipv6Address),
                blankToNull(macAddress),
                Objects.requireNonNullElse(aliases, List.of()),
                Objects.requireNonNullElse(links, List.of()),
                Objects.requireNonNullElse(driverOpts, Map.of()),
                gwPriority);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
