package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import java.util.List;

/** Layers to describe. */
public record DescribeLayers(NodeId node, List<Digest> diffIds) implements NodeBound {
    public DescribeLayers {
        diffIds = List.copyOf(diffIds);
    }
}
