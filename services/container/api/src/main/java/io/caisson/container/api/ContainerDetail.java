package io.caisson.container.api;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.api.PublishedPort;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container with everything {@code inspect} shows.
 *
 * @param name without the leading slash
 * @param imageId {@code sha256:…}
 * @param imageName as it was asked for, {@code busybox:latest}
 * @param path the executable, {@code args} its arguments
 * @param config merged with the image's
 * @param endpoints active ones; empty when it does not run
 * @param networks what was asked for at create
 * @param execIds processes added to it that have not ended; empty in lists
 */
public record ContainerDetail(
        NodeId node,
        ContainerId id,
        String name,
        Instant created,
        String imageId,
        String imageName,
        String path,
        List<String> args,
        ContainerConfig config,
        HostConfig hostConfig,
        ContainerState state,
        List<MountPoint> mounts,
        List<Endpoint> endpoints,
        List<PublishedPort> ports,
        Map<String, EndpointRequest> networks,
        int restartCount,
        String logPath,
        String hostnamePath,
        String hostsPath,
        String resolvConfPath,
        List<ExecId> execIds) {
    public ContainerDetail {
        args = List.copyOf(args);
        mounts = List.copyOf(mounts);
        endpoints = List.copyOf(endpoints);
        ports = List.copyOf(ports);
        networks = Map.copyOf(networks);
        execIds = List.copyOf(execIds);
    }
}
