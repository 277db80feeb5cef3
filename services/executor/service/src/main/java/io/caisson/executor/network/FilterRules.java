package io.caisson.executor.network;

import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.PortPlan;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The text of an instance's nftables table. Pure.
 *
 * <p>Rules never change; sets and maps do: a hundred published ports cost a packet as much as one. What they do:
 *
 * <ul>
 *   <li>{@code guard}: the host's loopback, which published ports open to bridges, stays closed to containers.
 *   <li>{@code incoming}, {@code outgoing}: published ports, for packets from other links, from containers and from the host.
 *   <li>{@code leaving}: containers leave the host under its address; so do those, and the host, that reach a container of
 *       the same network by a published port, or the answer would take another way.
 *   <li>{@code passing}: nothing enters a bridge but what was asked for from inside, was published, or comes from the same
 *       bridge; nothing leaves an internal one.
 * </ul>
 *
 * <p>An {@code accept} here does not overrule another table's {@code drop}: where a firewall has the policy DROP for
 * forwarded packets, it has to let the bridges' pass.
 */
record FilterRules(String table) {
    /** The whole table, empty; replaces what was there in one transaction. */
    String reset() {
        return """
                add table ip %1$s
                delete table ip %1$s
                table ip %1$s {
                  set bridges { type ifname; }
                  set internal { type ifname; }
                  set subnets { type ipv4_addr . ifname; flags interval; }
                  set masked { type ipv4_addr; flags interval; }
                  map ports { type inet_proto . inet_service : ipv4_addr . inet_service; }
                  map ports_at { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
                  chain guard {
                    type filter hook prerouting priority raw; policy accept;
                    iifname @bridges ip daddr 127.0.0.0/8 drop
                  }
                  chain incoming {
                    type nat hook prerouting priority dstnat; policy accept;
                    dnat ip to ip daddr . meta l4proto . th dport map @ports_at
                    fib daddr type local dnat ip to meta l4proto . th dport map @ports
                  }
                  chain outgoing {
                    type nat hook output priority -100; policy accept;
                    dnat ip to ip daddr . meta l4proto . th dport map @ports_at
                    fib daddr type local dnat ip to meta l4proto . th dport map @ports
                  }
                  chain leaving {
                    type nat hook postrouting priority srcnat; policy accept;
                    oifname @bridges ip saddr 127.0.0.0/8 masquerade
                    ct status dnat ip saddr . oifname @subnets masquerade
                    oifname != @bridges ip saddr @masked masquerade
                  }
                  chain passing {
                    type filter hook forward priority filter; policy accept;
                    iifname @internal jump same
                    oifname @internal jump same
                    oifname @bridges ct state established,related accept
                    oifname @bridges ct status dnat accept
                    oifname @bridges jump same
                  }
                  chain same {
                    ip saddr . oifname @subnets ip daddr . iifname @subnets accept
                    drop
                  }
                }
                """.formatted(table);
    }

    /** The elements that make a bridge known. */
    String addBridge(BridgePlan bridge) {
        return element("add", "bridges", quoted(bridge))
                + (bridge.internal() ? element("add", "internal", quoted(bridge)) : "")
                + element("add", "subnets", bridge.subnet() + " . " + quoted(bridge))
                + (bridge.masquerade() ? element("add", "masked", bridge.subnet()) : "");
    }

    String removeBridge(BridgePlan bridge) {
        return addBridge(bridge).replace("add element", "delete element");
    }

    String publish(Collection<PortPlan> ports) {
        return ports.stream()
                .map(port -> element(
                        "add", map(port), key(port) + " : " + port.containerIp() + " . " + port.containerPort()))
                .collect(Collectors.joining());
    }

    String unpublish(Collection<PortPlan> ports) {
        return ports.stream()
                .map(port -> element("delete", map(port), key(port)))
                .collect(Collectors.joining());
    }

    /** Which line of a list of tables is this one. */
    Predicate<String> isTable() {
        return ("table ip " + table)::equals;
    }

    String remove() {
        return "add table ip %1$s\ndelete table ip %1$s\n".formatted(table);
    }

    private static String quoted(BridgePlan bridge) {
        return '"' + bridge.name() + '"';
    }

    private static boolean isEverywhere(PortPlan port) {
        return port.hostIp().isEmpty() || port.hostIp().equals("0.0.0.0");
    }

    private static String map(PortPlan port) {
        return isEverywhere(port) ? "ports" : "ports_at";
    }

    private static String key(PortPlan port) {
        String key = port.protocol() + " . " + port.hostPort();
        return isEverywhere(port) ? key : port.hostIp() + " . " + key;
    }

    private String element(String verb, String set, String element) {
        return verb + " element ip " + table + " " + set + " { " + element + " }\n";
    }
}
