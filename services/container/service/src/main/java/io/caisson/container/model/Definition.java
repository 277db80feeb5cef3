package io.caisson.container.model;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.EndpointRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a container is made of: fixed at its creation, but for its networks and limits.
 *
 * @param imageName as it was asked for
 * @param config merged with the image's
 * @param hostConfig with Docker's defaults filled in
 */
public record Definition(
        NodeId node,
        ContainerId id,
        Instant created,
        String imageId,
        String imageName,
        ContainerConfig config,
        HostConfig hostConfig,
        List<PlannedMount> mounts,
        Map<String, EndpointRequest> networks) {
    public Definition {
        mounts = List.copyOf(mounts);
        networks = Map.copyOf(networks);
    }

    /** On other networks. */
    Definition asking(Map<String, EndpointRequest> others) {
        return new Definition(node, id, created, imageId, imageName, config, hostConfig, mounts, others);
    }

    Definition limited(HostConfig limits) {
        return new Definition(node, id, created, imageId, imageName, config, limits, mounts, networks);
    }

    /** Entry point and arguments. */
    public List<String> command() {
        return Stream.concat(Absent.list(config.entrypoint()).stream(), Absent.list(config.cmd()).stream())
                .toList();
    }

    public String shortId() {
        return id.value().substring(0, Math.min(12, id.value().length()));
    }
}
