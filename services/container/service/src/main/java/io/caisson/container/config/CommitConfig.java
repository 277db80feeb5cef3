package io.caisson.container.config;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.model.Absent;
import io.caisson.oci.ImageConfig.Execution;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container's configuration as an image's. Pure. */
public final class CommitConfig {
    private CommitConfig() {}

    /** @param asked what a request says instead; what it leaves open is the container's */
    public static Execution of(@Nullable ContainerConfig asked, ContainerConfig container) {
        Execution own = execution(container);
        return asked == null ? own : execution(ConfigMerge.merge(asked, own, ""));
    }

    private static Execution execution(ContainerConfig config) {
        return new Execution(
                orNull(config.user()),
                names(config.exposedPorts()),
                Absent.list(config.env()),
                orNull(config.entrypoint()),
                orNull(config.cmd()),
                names(config.volumes()),
                orNull(config.workingDir()),
                Absent.map(config.labels()),
                orNull(config.stopSignal()),
                config.healthcheck(),
                orNull(config.shell()),
                orNull(config.onBuild()),
                config.argsEscaped());
    }

    private static List<String> names(@Nullable Map<String, Map<String, String>> set) {
        return List.copyOf(Absent.map(set).keySet());
    }

    private static @Nullable String orNull(@Nullable String text) {
        return Absent.text(text).isEmpty() ? null : text;
    }

    private static @Nullable List<String> orNull(@Nullable List<String> list) {
        return Absent.list(list).isEmpty() ? null : list;
    }
}
