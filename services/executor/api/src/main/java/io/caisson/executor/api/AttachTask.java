package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;

/** Which streams of a container a client wants. */
public record AttachTask(
        NodeId node, ContainerId container, boolean stdin, boolean stdout, boolean stderr, boolean terminal)
        implements NodeBound {}
