package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/** Facts about a node. */
public record DescribeHost(NodeId node) implements NodeBound {}
