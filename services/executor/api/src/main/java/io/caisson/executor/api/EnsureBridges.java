package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import java.util.List;

/** Bridges that a node should have. */
public record EnsureBridges(NodeId node, List<BridgePlan> bridges) implements NodeBound {
    public EnsureBridges {
        bridges = List.copyOf(bridges);
    }
}
