package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import java.util.Map;

/** @param name empty for an anonymous volume, which gets a 64 hex digit name */
public record CreateVolume(
        NodeId node, String name, String driver, Map<String, String> options, Map<String, String> labels)
        implements NodeBound {
    public CreateVolume {
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }
}
