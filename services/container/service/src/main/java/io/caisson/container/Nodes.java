package io.caisson.container;

import io.caisson.container.spec.NodeFacts;
import io.caisson.executor.api.DescribeHost;
import io.caisson.kernel.NodeId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of nodes; they change with a reboot, which the executor's watch tells. */
@ApplicationScoped
class Nodes {
    private final Peers peers;
    private final Map<NodeId, NodeFacts> known = new ConcurrentHashMap<>();

    Nodes(Peers peers) {
        this.peers = peers;
    }

    Uni<NodeFacts> facts(NodeId node) {
        NodeFacts facts = known.get(node);
        return facts != null
                ? Uni.createFrom().item(facts)
                : peers.executor()
                        .info(new DescribeHost(node))
                        .map(NodeFacts::of)
                        .invoke(found -> known.put(node, found));
    }

    void forget(NodeId node) {
        var _ = known.remove(node);
    }
}
