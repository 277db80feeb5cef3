package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.NetworkPlan;

/** A running container's network as it is to be from now on. */
public record ReconnectTask(NodeId node, NetworkPlan network) implements NodeBound {}
