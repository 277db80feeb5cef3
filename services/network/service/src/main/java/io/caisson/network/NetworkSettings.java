package io.caisson.network;

import io.caisson.kernel.NodeId;
import io.caisson.network.ipam.PoolPlanner;
import io.caisson.network.ipam.PoolPlanner.AddressPool;
import io.caisson.network.ipam.Subnet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set about networks, in Docker's {@code daemon.json} words below {@code caisson.}. */
@ApplicationScoped
class NetworkSettings {
    private static final String FIRST_INSTANCE = "c0";

    private final NodeId node;
    private final String instance;
    private final int mtu;
    private final Optional<String> bip;
    private final Optional<List<String>> pools;

    NetworkSettings(
            @ConfigProperty(name = "caisson.node", defaultValue = "local") String node,
            @ConfigProperty(name = "caisson.instance", defaultValue = FIRST_INSTANCE) String instance,
            @ConfigProperty(name = "caisson.mtu", defaultValue = "1500") int mtu,
            @ConfigProperty(name = "caisson.bip") Optional<String> bip,
            @ConfigProperty(name = "caisson.default-address-pools") Optional<List<String>> pools) {
        this.node = new NodeId(node);
        this.instance = instance;
        this.mtu = mtu;
        this.bip = bip;
        this.pools = pools;
    }

    NodeId node() {
        return node;
    }

    String instance() {
        return instance;
    }

    int mtu() {
        return mtu;
    }

    /** Address and prefix of the default bridge, e.g. {@code 10.9.0.1/24}. */
    Optional<String> bip() {
        return bip;
    }

    /** Entries are {@code base/size}, e.g. {@code 10.0.0.0/8/24}: 10.0.0.0/8 cut into /24 subnets. */
    List<AddressPool> pools() {
        return pools.map(texts -> texts.stream().map(NetworkSettings::pool).toList())
                .orElseGet(PoolPlanner::defaults);
    }

    private static AddressPool pool(String text) {
        int slash = text.lastIndexOf('/');
        return new AddressPool(Subnet.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Where this instance begins to look for a free subnet. */
    int poolOffset() {
        return instance.equals(FIRST_INSTANCE) ? 0 : Math.floorMod(instance.hashCode(), 97) + 1;
    }
}
