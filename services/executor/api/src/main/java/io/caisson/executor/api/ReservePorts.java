package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.PublishRequest;
import java.util.List;

/** Host ports to bind for a container. */
public record ReservePorts(NodeId node, ContainerId container, List<PublishRequest> requests) implements NodeBound {
    public ReservePorts {
        requests = List.copyOf(requests);
    }
}
