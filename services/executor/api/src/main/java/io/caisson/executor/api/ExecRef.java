package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;

/** A process added to a running container. */
public record ExecRef(NodeId node, ContainerId container, ExecId exec) implements NodeBound {}
