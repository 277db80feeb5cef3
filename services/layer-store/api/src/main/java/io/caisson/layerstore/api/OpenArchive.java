package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/** @param whole the archive is itself a root file system (import), not a container of layers */
public record OpenArchive(NodeId node, boolean whole) implements NodeBound {}
