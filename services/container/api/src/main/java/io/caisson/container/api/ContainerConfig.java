package io.caisson.container.api;

import io.caisson.oci.ImageConfig.Healthcheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The portable part of a container's configuration: Docker's {@code Config}, field for field.
 *
 * <p>Maps that Docker writes as sets ({@code {"80/tcp": {}}}) keep empty maps as values. Null means "as the image says" in a
 * request; what {@code inspect} shows is merged with the image's.
 */
public record ContainerConfig(
        @Nullable String hostname,
        @Nullable String domainname,
        @Nullable String user,
        boolean attachStdin,
        boolean attachStdout,
        boolean attachStderr,
        @Nullable Map<String, Map<String, String>> exposedPorts,
        boolean tty,
        boolean openStdin,
        boolean stdinOnce,
        @Nullable List<String> env,
        @Nullable List<String> cmd,
        @Nullable Healthcheck healthcheck,
        boolean argsEscaped,
        @Nullable String image,
        @Nullable Map<String, Map<String, String>> volumes,
        @Nullable String workingDir,
        @Nullable List<String> entrypoint,
        boolean networkDisabled,
        @Nullable String macAddress,
        @Nullable List<String> onBuild,
        @Nullable Map<String, String> labels,
        @Nullable String stopSignal,
        @Nullable Integer stopTimeout,
        @Nullable List<String> shell) {}
