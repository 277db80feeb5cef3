package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;

public record SnapshotRef(NodeId node, SnapshotId id) implements NodeBound {}
