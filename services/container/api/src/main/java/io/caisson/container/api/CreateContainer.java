package io.caisson.container.api;

import io.caisson.kernel.NodeId;
import io.caisson.network.api.EndpointRequest;
import io.caisson.oci.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container to make.
 *
 * @param name null for a generated one
 * @param networks per network name or id, what was asked for; may be empty
 */
public record CreateContainer(
        NodeId node,
        @Nullable String name,
        @Nullable Platform platform,
        ContainerConfig config,
        HostConfig hostConfig,
        Map<String, EndpointRequest> networks) {
    public CreateContainer {
        networks = Map.copyOf(networks);
    }

    /** The same with another host configuration. */
    public CreateContainer with(HostConfig other) {
        return new CreateContainer(node, name, platform, config, other, networks);
    }
}
