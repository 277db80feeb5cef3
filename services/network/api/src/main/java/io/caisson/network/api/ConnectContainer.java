package io.caisson.network.api;

import java.util.List;

/**
 * A running container that is to be on one more network.
 *
 * @param container as it was attached; its requests do not matter here
 * @param network name or id
 * @param ports what is published already
 */
public record ConnectContainer(
        AttachContainer container, String network, EndpointRequest request, List<PublishedPort> ports) {
    public ConnectContainer {
        ports = List.copyOf(ports);
    }
}
