package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import java.util.List;

public record FindMissing(NodeId node, List<Digest> diffIds) implements NodeBound {
    public FindMissing {
        diffIds = List.copyOf(diffIds);
    }
}
