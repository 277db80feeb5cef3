package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;

/** The new size of an added process's terminal. */
public record ResizeExec(NodeId node, ContainerId container, ExecId exec, int rows, int columns) implements NodeBound {}
