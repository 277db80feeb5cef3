package io.caisson.network.api;

import java.util.List;

/**
 * A running container that is to leave a network.
 *
 * @param container as it was attached; its requests do not matter here
 * @param network name or id
 * @param ports what is published already
 */
public record DisconnectContainer(AttachContainer container, String network, List<PublishedPort> ports) {
    public DisconnectContainer {
        ports = List.copyOf(ports);
    }
}
