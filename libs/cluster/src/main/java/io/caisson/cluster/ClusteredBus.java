package io.caisson.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Joins this process to the others of its instance when it runs apart from them ({@code quarkus.vertx.cluster.clustered}).
 *
 * <p>Members are found at known addresses only: no multicast, no discovery. The bus carries commands without a check of who
 * sends them: keep its addresses to loopback or to a network that only the platform can reach.
 */
@ApplicationScoped
class ClusteredBus implements VertxOptionsCustomizer {
    private static final int PORTS = 16;

    private final boolean clustered;
    private final String instance;
    private final String host;
    private final int port;
    private final List<String> members;

    ClusteredBus(
            @ConfigProperty(name = "quarkus.vertx.cluster.clustered") boolean clustered,
            @ConfigProperty(name = "caisson.instance", defaultValue = "c0") String instance,
            @ConfigProperty(name = "caisson.cluster.host") String host,
            @ConfigProperty(name = "caisson.cluster.port") int port,
            @ConfigProperty(name = "caisson.cluster.members") List<String> members) {
        this.clustered = clustered;
        this.instance = instance;
        this.host = host;
        this.port = port;
        this.members = members;
    }

    @Override
    @SuppressWarnings("deprecation") // Quarkus 3.33 has no other place for a cluster manager
    public void accept(VertxOptions options) {
        if (clustered) {
            options.setClusterManager(new ClusterMembers(config()));
        }
    }

    private Config config() {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName("caisson-" + instance);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "jdk");
        // Listen on the given address only: Hazelcast would take every interface of the host.
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Joining is by address, and services may come in any order: there is nobody to wait for.
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.max.wait.seconds.before.join", "2");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.heartbeat.interval.seconds", "2");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        // Two that began alone at the same moment find each other soon.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        config.setProperty("hazelcast.partition.count", "31");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.io.thread.count", "1");
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(true).setPortCount(PORTS);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(host);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(addresses());
        return config;
    }

    /** A member without a port may listen on any of the instance's ports. */
    private List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (String member : members) {
            if (member.contains(":")) {
                addresses.add(member);
                continue;
            }
            for (int offset = 0; offset < PORTS; offset++) {
                addresses.add(member + ":" + (port + offset));
            }
        }
        return addresses;
    }
}
