package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.HostConfig;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.GoTime;
import io.caisson.engine.api.image.GraphDriver;
import io.caisson.kernel.ExecId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything about a container. */
public record ContainerInspect(
        String id,
        String created,
        String path,
        List<String> args,
        StateView state,
        String image,
        String resolvConfPath,
        String hostnamePath,
        String hostsPath,
        String logPath,
        String name,
        int restartCount,
        String driver,
        String platform,
        String mountLabel,
        String processLabel,
        String appArmorProfile,
        @JsonProperty("ExecIDs") @Nullable List<String> execIds,
        ObjectNode hostConfig,
        GraphDriver graphDriver,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long sizeRw,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long sizeRootFs,
        List<MountView> mounts,
        ObjectNode config,
        ObjectNode networkSettings) {

    /** {@code sizes} only when they were asked for. */
    public static ContainerInspect of(ContainerDetail container, @Nullable Sizes sizes, ApiVersion version) {
        return new ContainerInspect(
                container.id().value(),
                GoTime.of(container.created()),
                container.path(),
                container.args(),
                StateView.of(container.state()),
                container.imageId(),
                container.resolvConfPath(),
                container.hostnamePath(),
                container.hostsPath(),
                container.logPath(),
                "/" + container.name(),
                container.restartCount(),
                GraphDriver.OVERLAY.name(),
                "linux",
                "",
                "",
                apparmor(container.hostConfig()),
                execIds(container),
                HostConfigView.of(container.hostConfig()),
                GraphDriver.OVERLAY,
                sizes == null ? null : sizes.writable(),
                sizes == null ? null : sizes.rootFs(),
                container.mounts().stream().map(MountView::of).toList(),
                ConfigView.of(container.config(), version),
                NetworkSettingsView.of(container, version));
    }

    private static String apparmor(HostConfig host) {
        return Objects.requireNonNullElse(host.securityOpt(), List.<String>of()).stream()
                .filter(option -> option.startsWith("apparmor=") || option.startsWith("apparmor:"))
                .map(option -> option.substring("apparmor=".length()))
                .reduce("", (_, last) -> last);
    }

    /** Null when there is none, as Docker says it. */
    private static @Nullable List<String> execIds(ContainerDetail container) {
        return container.execIds().isEmpty()
                ? null
                : container.execIds().stream().map(ExecId::value).toList();
    }
}
