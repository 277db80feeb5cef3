package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.container.api.ContainerDetail;
import io.caisson.engine.api.ApiVersion;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.EndpointRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One entry of {@code NetworkSettings.Networks}: empty but for what was asked while the container does not run. */
public record EndpointView(
        @JsonProperty("IPAMConfig") @Nullable Map<String, String> ipamConfig,
        @Nullable List<String> links,
        @Nullable List<String> aliases,
        String macAddress,
        @Nullable Map<String, String> driverOpts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer gwPriority,
        @JsonProperty("NetworkID") String networkId,
        @JsonProperty("EndpointID") String endpointId,
        String gateway,
        @JsonProperty("IPAddress") String ipAddress,
        @JsonProperty("IPPrefixLen") int ipPrefixLen,
        @JsonProperty("IPv6Gateway") String ipv6Gateway,
        @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
        @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
        @JsonProperty("DNSNames") @Nullable List<String> dnsNames) {
    private static final int ALIASES_AS_GIVEN = 45;
    private static final int GATEWAY_PRIORITY = 48;

    /** By network name: active endpoints, else what was asked for at create. */
    static Map<String, EndpointView> all(ContainerDetail container, ApiVersion version) {
        Map<String, EndpointView> views = new LinkedHashMap<>();
        String mode = container.hostConfig().networkMode();
        if (mode != null && mode.startsWith("container:")) {
            return views;
        }
        for (Endpoint endpoint : container.endpoints()) {
            views.put(endpoint.networkName(), active(endpoint, container, version));
        }
        if (views.isEmpty() && !container.state().running()) {
            container.networks().forEach((name, request) -> views.put(name, idle(request, container, version)));
        }
        if (views.isEmpty() && !container.state().running()) {
            String name = mode == null || mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
            views.put(name, idle(EndpointRequest.none(), container, version));
        }
        return views;
    }

    private static EndpointView active(Endpoint endpoint, ContainerDetail container, ApiVersion version) {
        EndpointRequest request = Objects.requireNonNullElse(endpoint.request(), EndpointRequest.none());
        return new EndpointView(
                ipam(request),
                orNull(request.links()),
                aliases(endpoint.aliases(), container, version),
                text(endpoint.macAddress()),
                endpoint.driverOpts().isEmpty() ? null : endpoint.driverOpts(),
                priority(request, version),
                endpoint.network().value(),
                endpoint.id().value(),
                text(endpoint.gateway()),
                text(endpoint.ipv4Address()),
                endpoint.ipv4PrefixLength(),
                "",
                "",
                0,
                orNull(endpoint.dnsNames()));
    }

    private static EndpointView idle(EndpointRequest request, ContainerDetail container, ApiVersion version) {
        return new EndpointView(
                ipam(request),
                orNull(request.links()),
                aliases(request.aliases(), container, version),
                text(request.macAddress()),
                request.driverOpts().isEmpty() ? null : request.driverOpts(),
                priority(request, version),
                "",
                "",
                "",
                "",
                0,
                "",
                "",
                0,
                null);
    }

    private static @Nullable Map<String, String> ipam(EndpointRequest request) {
        Map<String, String> config = new LinkedHashMap<>();
        if (request.ipv4Address() != null) {
            config.put("IPv4Address", request.ipv4Address());
        }
        if (request.ipv6Address() != null) {
            config.put("IPv6Address", request.ipv6Address());
        }
        return config.isEmpty() ? null : config;
    }

    /** Before 1.45 the short id was one of the aliases. */
    private static @Nullable List<String> aliases(List<String> given, ContainerDetail container, ApiVersion version) {
        if (version.atLeast(ALIASES_AS_GIVEN) || given.isEmpty()) {
            return orNull(given);
        }
        List<String> aliases = new ArrayList<>(given);
        String shortId = container.id().value().substring(0, 12);
        if (!aliases.contains(shortId)) {
            aliases.add(shortId);
        }
        return aliases;
    }

    private static @Nullable Integer priority(EndpointRequest request, ApiVersion version) {
        return version.atLeast(GATEWAY_PRIORITY)
                ? Objects.requireNonNullElse(request.gwPriority(), Integer.valueOf(0))
                : null;
    }

    private static @Nullable List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
