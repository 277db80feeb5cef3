package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;

/** A signal number for a container's init. */
public record SignalTask(NodeId node, ContainerId container, int signal) implements NodeBound {}
