package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import io.caisson.oci.RuntimeSpec.Resources;

/** @param resources the limits to change; what is null stays as it is */
public record UpdateTask(NodeId node, ContainerId container, Resources resources) implements NodeBound {}
