package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import java.util.List;

/** @param names of volumes that nobody uses */
public record PruneVolumes(NodeId node, List<String> names) implements NodeBound {
    public PruneVolumes {
        names = List.copyOf(names);
    }
}
