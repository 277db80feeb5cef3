package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.container.api.ContainerDetail;
import io.caisson.network.api.PublishedPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A port in a list: without host side when it is only exposed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PortSummary(
        @JsonProperty("IP") @Nullable String ip,
        int privatePort,
        @Nullable Integer publicPort,
        String type) {
    private static final Comparator<PortSummary> EXPOSED =
            Comparator.comparingInt(PortSummary::privatePort).thenComparing(PortSummary::type);

    static List<PortSummary> all(ContainerDetail container) {
        if (!container.state().running() || container.endpoints().isEmpty()) {
            return List.of();
        }
        List<PortSummary> ports = new ArrayList<>();
        for (String exposed : Objects.requireNonNullElse(container.config().exposedPorts(), Map.<String, Object>of())
                .keySet()) {
            PortSummary port = exposed(exposed);
            if (port != null && container.ports().stream().noneMatch(published -> port.isBoundBy(published))) {
                ports.add(port);
            }
        }
        ports.sort(EXPOSED);
        container.ports().stream()
                .sorted(Comparator.comparingInt(PublishedPort::containerPort).thenComparing(PortOrder.HOST))
                .map(port -> new PortSummary(port.hostIp(), port.containerPort(), port.hostPort(), port.protocol()))
                .forEach(ports::add);
        return ports;
    }

    /** Null for what is no single port. */
    private static @Nullable PortSummary exposed(String text) {
        int slash = text.indexOf('/');
        String port = slash < 0 ? text : text.substring(0, slash);
        return port.matches("\\d{1,5}")
                ? new PortSummary(null, Integer.parseInt(port), null, slash < 0 ? "tcp" : text.substring(slash + 1))
                : null;
    }

    private boolean isBoundBy(PublishedPort published) {
        return published.containerPort() == privatePort && published.protocol().equals(type);
    }
}
