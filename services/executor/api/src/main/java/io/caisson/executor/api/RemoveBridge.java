package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/** A bridge that its network no longer needs. */
public record RemoveBridge(NodeId node, String name) implements NodeBound {}
