package io.caisson.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of itself (OCI image spec, config.md, with Docker's extensions).
 *
 * <p>The JSON names differ from the component names ({@code config.Env}, {@code rootfs.diff_ids}); the image service
 * maps them.
 */
public record ImageConfig(
        String architecture,
        String os,
        @Nullable String variant,
        @Nullable String created,
        @Nullable String author,
        @Nullable Execution config,
        RootFs rootfs,
        List<History> history) {
    public ImageConfig {
        history = List.copyOf(history);
    }

    public Platform platform() {
        return new Platform(architecture, os, variant);
    }

    /** Defaults for containers of the image; absent lists and maps are empty, absent command lines are null. */
    public record Execution(
            @Nullable String user,
            List<String> exposedPorts,
            List<String> env,
            @Nullable List<String> entrypoint,
            @Nullable List<String> cmd,
            List<String> volumes,
            @Nullable String workingDir,
            Map<String, String> labels,
            @Nullable String stopSignal,
            @Nullable Healthcheck healthcheck,
            @Nullable List<String> shell,
            @Nullable List<String> onBuild,
            boolean argsEscaped) {
        public Execution {
            exposedPorts = List.copyOf(exposedPorts);
            env = List.copyOf(env);
            entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
            cmd = cmd == null ? null : List.copyOf(cmd);
            volumes = List.copyOf(volumes);
            labels = Map.copyOf(labels);
            shell = shell == null ? null : List.copyOf(shell);
            onBuild = onBuild == null ? null : List.copyOf(onBuild);
        }

        public static Execution empty() {
            return new Execution(
                    null, List.of(), List.of(), null, null, List.of(), null, Map.of(), null, null, null, null, false);
        }
    }

    /** Durations in nanoseconds; absent means inherit. */
    public record Healthcheck(
            @Nullable List<String> test,
            @Nullable Long interval,
            @Nullable Long timeout,
            @Nullable Long startPeriod,
            @Nullable Long startInterval,
            @Nullable Integer retries) {
        public Healthcheck {
            test = test == null ? null : List.copyOf(test);
        }
    }

    public record RootFs(String type, List<Digest> diffIds) {
        public RootFs {
            diffIds = List.copyOf(diffIds);
        }
    }

    public record History(
            @Nullable String created,
            @Nullable String createdBy,
            @Nullable String author,
            @Nullable String comment,
            boolean emptyLayer) {}
}
