package io.caisson.network;

import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.api.Pool;
import io.caisson.network.ipam.AddressPlanner;
import io.caisson.network.ipam.Ipv4;
import io.caisson.network.ipam.PoolPlanner;
import io.caisson.network.ipam.Subnet;
import io.caisson.network.store.NetworkRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a request to a network that goes together with those that are there. Pure but for ids and time. */
final class NetworkDesign {
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";
    private static final String MTU = "com.docker.network.driver.mtu";

    private final NetworkSettings settings;

    NetworkDesign(NetworkSettings settings) {
        this.settings = settings;
    }

    /** @param routes what the host reaches otherwise; a subnet that is not asked for stays clear of it */
    NetworkRow plan(CreateNetwork command, List<NetworkRow> others, List<Subnet> routes) {
        if (others.stream().anyMatch(other -> other.name.equals(command.name()))) {
            throw Fault.conflict("network with name " + command.name() + " already exists");
        }
        var row = new NetworkRow();
        row.id = Ids.hex64();
        row.name = command.name();
        row.node = settings.node().value();
        row.driver = PredefinedNetworks.BRIDGE;
        row.created = Instant.now();
        row.internal = command.internal();
        row.attachable = command.attachable();
        row.options = command.options();
        row.labels = command.labels();
        row.mtu = mtu(command.options());
        row.bridge = bridge(command, row.id, others);
        address(row, command.pools(), others, routes);
        return row;
    }

    private int mtu(Map<String, String> options) {
        String wanted = options.get(MTU);
        return wanted == null || wanted.isEmpty() || wanted.equals("0") ? settings.mtu() : Integer.parseInt(wanted);
    }

    private String bridge(CreateNetwork command, String id, List<NetworkRow> others) {
        String wanted = command.options().getOrDefault(BRIDGE_NAME, "");
        String name = wanted.isEmpty() ? NetworkNames.bridge(settings.instance(), id) : wanted;
        others.stream().filter(other -> name.equals(other.bridge)).findFirst().ifPresent(other -> {
            throw new Fault(
                    Fault.Kind.FORBIDDEN,
                    "cannot create network " + id + " (" + name + "): conflicts with network " + other.id + " (" + name
                            + "): networks have same bridge name");
        });
        return name;
    }

    private void address(NetworkRow row, List<Pool> pools, List<NetworkRow> others, List<Subnet> routes) {
        List<Subnet> taken = others.stream()
                .map(other -> other.subnet)
                .filter(Objects::nonNull)
                .map(Subnet::parse)
                .toList();
        Pool pool = pools.isEmpty() ? new Pool(null, null, null, Map.of()) : pools.getFirst();
        Subnet subnet;
        if (pool.subnet() == null || pool.subnet().isEmpty()) {
            subnet = PoolPlanner.choose(
                    settings.pools(),
                    Stream.concat(taken.stream(), routes.stream()).toList(),
                    settings.poolOffset());
        } else {
            subnet = Subnet.parse(pool.subnet());
            row.configured = true;
            refuseOverlap(subnet, taken);
        }
        row.subnet = subnet.toString();
        row.ipRange = pool.ipRange() == null || pool.ipRange().isEmpty() ? null : pool.ipRange();
        row.auxiliary = pool.auxiliary();
        row.gateway = gateway(pool, subnet);
    }

    private static void refuseOverlap(Subnet subnet, List<Subnet> taken) {
        if (taken.stream().anyMatch(subnet::overlaps)) {
            throw new Fault(
                    Fault.Kind.FORBIDDEN, "invalid pool request: Pool overlaps with other one on this address space");
        }
    }

    /** The first that containers could have, unless asked for otherwise. */
    private static String gateway(Pool pool, Subnet subnet) {
        if (pool.gateway() != null && !pool.gateway().isEmpty()) {
            return pool.gateway();
        }
        Subnet range = pool.ipRange() == null || pool.ipRange().isEmpty() ? subnet : Subnet.parse(pool.ipRange());
        Set<Long> auxiliary =
                pool.auxiliary().values().stream().map(Ipv4::parse).collect(Collectors.toSet());
        return Ipv4.format(AddressPlanner.choose(subnet, range, subnet.network(), auxiliary, null));
    }
}
