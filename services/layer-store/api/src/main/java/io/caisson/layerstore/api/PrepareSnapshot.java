package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;
import io.caisson.oci.Digest;
import java.util.List;

/** @param layers diffIds, base first; empty for an empty root file system */
public record PrepareSnapshot(NodeId node, SnapshotId id, List<Digest> layers) implements NodeBound {
    public PrepareSnapshot {
        layers = List.copyOf(layers);
    }
}
