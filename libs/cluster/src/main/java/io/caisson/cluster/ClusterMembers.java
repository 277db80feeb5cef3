package io.caisson.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** The members of the cluster; when one is gone, the requests that only it could answer fail. */
final class ClusterMembers extends HazelcastClusterManager {
    private static final String NODE_ID = "__vertx.nodeId";

    private final RequestTargets targets = new RequestTargets();

    ClusterMembers(Config config) {
        super(config);
    }

    @Override
    public void init(VertxBuilder builder) {
        super.init(builder);
        builder.clusterNodeSelector(targets);
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        super.memberRemoved(event);
        Member member = event.getMember();
        String node = member.getAttribute(NODE_ID);
        targets.gone(node == null ? member.getUuid().toString() : node);
    }
}
