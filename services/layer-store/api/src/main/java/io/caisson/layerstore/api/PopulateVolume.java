package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;

public record PopulateVolume(NodeId node, String volume, SnapshotId snapshot, String path) implements NodeBound {}
