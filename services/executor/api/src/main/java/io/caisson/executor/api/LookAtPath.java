package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/** @param path in the container, absolute or from its root; {@code /} or {@code /.} at its end mean a folder's content */
public record LookAtPath(NodeId node, ContainerFiles files, String path) implements NodeBound {}
