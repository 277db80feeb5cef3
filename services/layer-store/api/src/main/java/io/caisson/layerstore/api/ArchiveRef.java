package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

public record ArchiveRef(NodeId node, String id) implements NodeBound {}
