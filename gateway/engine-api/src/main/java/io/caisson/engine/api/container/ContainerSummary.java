package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerHealth;
import io.caisson.engine.api.ApiVersion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line of {@code docker ps}. */
public record ContainerSummary(
        String id,
        List<String> names,
        String image,
        @JsonProperty("ImageID") String imageId,
        String command,
        long created,
        List<PortSummary> ports,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long sizeRw,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long sizeRootFs,
        Map<String, String> labels,
        String state,
        String status,
        HostSummary hostConfig,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HealthSummary health,
        NetworkSummary networkSettings,
        List<MountView> mounts) {
    private static final int ANNOTATIONS = 46;
    private static final int HEALTH = 52;

    public record HostSummary(
            String networkMode,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
            Map<String, String> annotations) {}

    public record NetworkSummary(Map<String, EndpointView> networks) {}

    public record HealthSummary(String status, int failingStreak) {}

    /** {@code sizes} only when they were asked for. */
    public static ContainerSummary of(
            ContainerDetail container, @Nullable Sizes sizes, ApiVersion version, Instant now) {
        return new ContainerSummary(
                container.id().value(),
                List.of("/" + container.name()),
                container.imageName(),
                container.imageId(),
                command(container),
                container.created().getEpochSecond(),
                PortSummary.all(container),
                sizes == null ? null : sizes.writable(),
                sizes == null ? null : sizes.rootFs(),
                Objects.requireNonNullElse(container.config().labels(), Map.of()),
                container.state().status().name().toLowerCase(Locale.ROOT),
                StatusText.of(container.state(), now),
                host(container, version),
                health(container, version),
                new NetworkSummary(EndpointView.all(container, version)),
                container.mounts().stream().map(MountView::of).toList());
    }

    private static HostSummary host(ContainerDetail container, ApiVersion version) {
        String mode = Objects.requireNonNullElse(container.hostConfig().networkMode(), "bridge");
        return new HostSummary(
                mode, version.atLeast(ANNOTATIONS) ? container.hostConfig().annotations() : null);
    }

    private static @Nullable HealthSummary health(ContainerDetail container, ApiVersion version) {
        if (!version.atLeast(HEALTH)) {
            return null;
        }
        ContainerHealth health = container.state().health();
        return health == null
                ? new HealthSummary("none", 0)
                : new HealthSummary(health.status().text(), health.failingStreak());
    }

    private static String command(ContainerDetail container) {
        String args = container.args().stream()
                .map(arg -> arg.contains(" ") ? "'" + arg + "'" : arg)
                .collect(Collectors.joining(" "));
        return args.isEmpty() ? container.path() : container.path() + " " + args;
    }
}
