package io.caisson.network.api;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container that is about to start.
 *
 * @param name without the leading slash
 * @param mode Docker's NetworkMode: {@code bridge}, {@code "none"}, {@code host}, {@code container:ID} (a full id), or a
 *     network's name or id
 * @param requests per network name or id, what the user asked for. Where it is not empty these are the container's
 *     networks, the mode's first if it is among them
 * @param publish ports to publish on the node
 * @param hostname a name among others for those on the same user-defined network; may be null or empty
 */
public record AttachContainer(
        NodeId node,
        ContainerId container,
        String name,
        String mode,
        Map<String, EndpointRequest> requests,
        @Nullable String macAddress,
        List<PublishRequest> publish,
        @Nullable String hostname) {
    public AttachContainer {
        requests = Map.copyOf(requests);
        publish = List.copyOf(publish);
    }

    public AttachContainer(
            NodeId node,
            ContainerId container,
            String name,
            String mode,
            Map<String, EndpointRequest> requests,
            @Nullable String macAddress,
            List<PublishRequest> publish) {
        this(node, container, name, mode, requests, macAddress, publish, null);
    }
}
