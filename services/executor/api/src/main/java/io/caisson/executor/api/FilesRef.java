package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

public record FilesRef(NodeId node, ContainerFiles files) implements NodeBound {}
