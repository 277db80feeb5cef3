package io.caisson.container.store;

import io.caisson.network.api.Endpoint;
import io.caisson.network.api.PublishedPort;
import java.util.List;

/** What the network service gave a container for this run. */
record Connections(List<Endpoint> endpoints, List<PublishedPort> ports) {
    static final Connections NONE = new Connections(List.of(), List.of());
}
