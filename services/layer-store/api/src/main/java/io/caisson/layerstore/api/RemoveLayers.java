package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import java.util.List;

/** Layers that no image needs any more. */
public record RemoveLayers(NodeId node, List<Digest> diffIds) implements NodeBound {
    public RemoveLayers {
        diffIds = List.copyOf(diffIds);
    }
}
