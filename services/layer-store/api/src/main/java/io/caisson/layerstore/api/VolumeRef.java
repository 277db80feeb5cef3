package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

public record VolumeRef(NodeId node, String name) implements NodeBound {}
