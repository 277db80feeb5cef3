package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

public record ListVolumes(NodeId node) implements NodeBound {}
