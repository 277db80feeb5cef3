package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;

/** A terminal's new size. */
public record ResizeTask(NodeId node, ContainerId container, int rows, int columns) implements NodeBound {}
