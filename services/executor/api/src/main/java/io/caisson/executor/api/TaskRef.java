package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;

/** A container's task on its node. */
public record TaskRef(NodeId node, ContainerId container) implements NodeBound {}
