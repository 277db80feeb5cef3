package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;

/** Which streams of an added process a client wants. */
public record AttachExec(NodeId node, ContainerId container, ExecId exec, boolean stdin, boolean stdout, boolean stderr)
        implements NodeBound {}
