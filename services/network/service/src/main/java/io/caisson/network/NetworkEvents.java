package io.caisson.network;

import io.caisson.metadata.Event;
import io.caisson.network.store.NetworkRow;
import java.util.HashMap;
import java.util.Map;

/** What is told about networks, in Docker's words. */
final class NetworkEvents {
    private NetworkEvents() {}

    static Event of(String action, NetworkRow network) {
        return Event.now(
                network.node, "network", action, network.id, Map.of("name", network.name, "type", network.driver));
    }

    static Event of(String action, NetworkRow network, String containerId) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("container", containerId);
        attributes.put("name", network.name);
        attributes.put("type", network.driver);
        return Event.now(network.node, "network", action, network.id, attributes);
    }
}
