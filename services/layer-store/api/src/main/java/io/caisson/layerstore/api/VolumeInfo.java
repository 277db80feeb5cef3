package io.caisson.layerstore.api;

import io.caisson.kernel.NodeId;
import java.time.Instant;
import java.util.Map;

public record VolumeInfo(
        NodeId node,
        String name,
        String driver,
        String mountpoint,
        boolean anonymous,
        Map<String, String> options,
        Map<String, String> labels,
        Instant created) {
    public VolumeInfo {
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }
}
