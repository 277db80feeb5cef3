package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.EnsureBridges;
import io.caisson.executor.api.Executor;
import io.caisson.kernel.Ids;
import io.caisson.metadata.Transactions;
import io.caisson.network.ipam.HostRoutes;
import io.caisson.network.ipam.Ipv4;
import io.caisson.network.ipam.PoolPlanner;
import io.caisson.network.ipam.Subnet;
import io.caisson.network.store.NetworkRow;
import io.caisson.network.store.NetworkRows;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The networks that are always there: {@code bridge}, {@code host} and {@code none}. */
@ApplicationScoped
class PredefinedNetworks {
    static final String BRIDGE = "bridge";
    static final String HOST = "host";
    static final String NONE = "none";
    static final Set<String> NAMES = Set.of(BRIDGE, HOST, NONE);

    private static final Logger LOG = Logger.getLogger(PredefinedNetworks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final NetworkSettings settings;
    private final RemoveSequence remove;
    private final Executor executor;

    PredefinedNetworks(Transactions transactions, NetworkSettings settings, RemoveSequence remove, Ports ports) {
        this.transactions = transactions;
        this.settings = settings;
        this.remove = remove;
        this.executor = ports.client(Executor.class);
    }

    void atStart(@Observes StartupEvent event) {
        List<NetworkRow> rows = transactions
                .inTransaction(session -> NetworkRows.all(session).chain(found -> makeMissing(session, found)))
                .await()
                .atMost(PATIENCE);
        ensureBridges(rows);
    }

    private Uni<List<NetworkRow>> makeMissing(Mutiny.Session session, List<NetworkRow> found) {
        List<NetworkRow> missing = java.util.stream.Stream.of(NONE, HOST, BRIDGE)
                .filter(name -> found.stream().noneMatch(row -> row.name.equals(name)))
                .map(this::make)
                .toList();
        return session.persistAll(missing.toArray()).chain(() -> NetworkRows.all(session));
    }

    private NetworkRow make(String name) {
        var row = new NetworkRow();
        row.id = Ids.hex64();
        row.name = name;
        row.node = settings.node().value();
        row.driver = name.equals(NONE) ? "null" : name;
        row.created = Instant.now();
        row.predefined = true;
        row.mtu = settings.mtu();
        if (name.equals(BRIDGE)) {
            addressBridge(row);
        }
        return row;
    }

    private void addressBridge(NetworkRow row) {
        row.bridge = NetworkNames.defaultBridge(settings.instance());
        Subnet subnet = settings.bip()
                .map(Subnet::parse)
                .orElseGet(() -> PoolPlanner.choose(settings.pools(), HostRoutes.read(), settings.poolOffset()));
        row.subnet = subnet.toString();
        row.gateway = settings.bip()
                .map(bip -> bip.substring(0, bip.indexOf('/')))
                .orElseGet(() -> Ipv4.format(subnet.firstHost()));
        row.options = Map.of(
                "com.docker.network.bridge.default_bridge", "true",
                "com.docker.network.bridge.enable_icc", "true",
                "com.docker.network.bridge.enable_ip_masquerade", "true",
                "com.docker.network.bridge.host_binding_ipv4", "0.0.0.0",
                "com.docker.network.bridge.name", row.bridge,
                "com.docker.network.driver.mtu", Integer.toString(settings.mtu()));
    }

    /** The executor may come up later than this service: tried until it answers, and again by every attach. */
    private void ensureBridges(List<NetworkRow> rows) {
        var bridges = rows.stream()
                .map(NetworkMapping::bridge)
                .filter(Objects::nonNull)
                .toList();
        executor.ensureBridges(new EnsureBridges(settings.node(), bridges))
                .chain(remove::finishLeftovers)
                .onFailure()
                .retry()
                .withBackOff(RETRY)
                .atMost(Long.MAX_VALUE)
                .subscribe()
                .with(_ -> LOG.debugf("bridges are there"), t -> LOG.warn("cannot make the bridges", t));
    }
}
