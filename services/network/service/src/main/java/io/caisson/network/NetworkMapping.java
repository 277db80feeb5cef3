package io.caisson.network;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.EndpointId;
import io.caisson.kernel.NetworkId;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.Pool;
import io.caisson.network.ipam.Ipv4;
import io.caisson.network.ipam.Subnet;
import io.caisson.network.store.EndpointRow;
import io.caisson.network.store.NetworkRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows to what others see. */
final class NetworkMapping {
    private static final String OPTION = "com.docker.network.bridge.";
    private static final int SHORT_ID = 12;

    private NetworkMapping() {}

    static NetworkDetail detail(NetworkRow row, List<EndpointRow> endpoints) {
        return new NetworkDetail(
                new NetworkId(row.id),
                row.name,
                row.driver,
                "local",
                row.created,
                row.internal,
                row.attachable,
                false,
                row.subnet == null ? List.of() : List.of(new Pool(row.subnet, row.gateway, row.ipRange, row.auxiliary)),
                row.options,
                row.labels,
                endpoints.stream()
                        .filter(endpoint -> endpoint.networkId.equals(row.id))
                        .map(endpoint -> endpoint(row, endpoint))
                        .toList());
    }

    static Endpoint endpoint(NetworkRow network, EndpointRow row) {
        return new Endpoint(
                new NetworkId(network.id),
                network.name,
                new EndpointId(row.id),
                new ContainerId(row.containerId),
                row.containerName,
                row.address == null ? null : Ipv4.format(row.address),
                network.subnet == null ? 0 : Subnet.parse(network.subnet).prefix(),
                network.gateway,
                row.macAddress,
                row.request.aliases(),
                NamePush.hasNames(network) ? dnsNames(row) : List.of(),
                row.request,
                row.request.driverOpts());
    }

    static String addressOf(EndpointRow row) {
        return row.address == null ? "" : Ipv4.format(row.address);
    }

    /** What others on a user-defined network find the container by, its own name first. */
    static List<String> dnsNames(EndpointRow row) {
        Set<String> names = new LinkedHashSet<>();
        names.add(row.containerName);
        names.addAll(row.request.aliases());
        names.add(row.containerId.substring(0, SHORT_ID));
        if (row.hostname != null && !row.hostname.isEmpty()) {
            names.add(row.hostname);
        }
        return List.copyOf(names);
    }

    /** The plan of a network's bridge; null for drivers without one. */
    static @Nullable BridgePlan bridge(NetworkRow row) {
        if (row.bridge == null || row.subnet == null || row.gateway == null) {
            return null;
        }
        Subnet subnet = Subnet.parse(row.subnet);
        return new BridgePlan(
                row.bridge,
                subnet.cidrOf(Ipv4.parse(row.gateway)),
                row.subnet,
                row.mtu,
                !row.internal && option(row, "enable_ip_masquerade"),
                row.internal,
                option(row, "enable_icc"));
    }

    /** As Go reads a flag; on unless said otherwise. */
    private static boolean option(NetworkRow row, String name) {
        String value = row.options.getOrDefault(OPTION + name, "true").toLowerCase(Locale.ROOT);
        return value.startsWith("t") || value.equals("1");
    }

    static @Nullable InterfacePlan link(
            NetworkRow network, EndpointRow endpoint, String instance, boolean carriesDefaultRoute) {
        BridgePlan bridge = bridge(network);
        Long address = endpoint.address;
        String mac = endpoint.macAddress;
        if (bridge == null || address == null || mac == null) {
            return null;
        }
        return new InterfacePlan(
                bridge,
                NetworkNames.hostLink(instance, endpoint.id),
                endpoint.interfaceName == null ? "eth0" : endpoint.interfaceName,
                mac,
                Subnet.parse(bridge.subnet()).cidrOf(address),
                carriesDefaultRoute ? network.gateway : null);
    }
}
