package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/** All tasks of a node. */
public record WatchTasks(NodeId node) implements NodeBound {}
