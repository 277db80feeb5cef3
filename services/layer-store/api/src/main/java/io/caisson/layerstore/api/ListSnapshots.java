package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/** All snapshots of a node. */
public record ListSnapshots(NodeId node) implements NodeBound {}
