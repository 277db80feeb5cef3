package io.caisson.network;

import io.caisson.kernel.Fault;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.ipam.PoolRules;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be asked of a new network. */
final class CreateRules {
    private static final String BRIDGE = "com.docker.network.bridge.";
    private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");
    private static final Set<String> FLAGS = Set.of("enable_icc", "enable_ip_masquerade");
    private static final Set<String> BOOLEANS =
            Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");
    private static final Set<String> KNOWN_DRIVERS = Set.of("macvlan", "ipvlan", "overlay");

    private CreateRules() {}

    static void check(CreateNetwork command) {
        checkName(command.name());
        checkDriver(command.driver());
        if (command.ipv6()) {
            throw Fault.unsupported("IPv6 networks are not implemented");
        }
        PoolRules.check(command.pools());
        checkOptions(command.options());
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw Fault.invalid("invalid network name: name is empty");
        }
        if (PredefinedNetworks.NAMES.contains(name) || name.equals("default") || name.startsWith("container:")) {
            throw new Fault(Fault.Kind.FORBIDDEN, "operation is not permitted on predefined " + name + " network ");
        }
    }

    private static void checkDriver(String driver) {
        switch (driver) {
            case "bridge" -> {}
            case "host", "null" ->
                throw new Fault(Fault.Kind.FORBIDDEN, "only one instance of \"" + driver + "\" network is allowed");
            case String known
            when KNOWN_DRIVERS.contains(known) ->
                throw Fault.unsupported("the network driver \"" + driver + "\" is not implemented");
            case String _ ->
                throw Fault.notFound("could not find plugin " + driver + " in v1 plugin registry: plugin not found");
        }
    }

    private static void checkOptions(Map<String, String> options) {
        for (String flag : FLAGS) {
            String value = options.get(BRIDGE + flag);
            if (value != null && !BOOLEANS.contains(value)) {
                throw invalid(BRIDGE + flag, value);
            }
        }
        String name = options.get(BRIDGE + "name");
        if (name != null && !name.isEmpty() && !LINK_NAME.matcher(name).matches()) {
            throw invalid(BRIDGE + "name", name);
        }
        String mtu = options.get("com.docker.network.driver.mtu");
        if (mtu != null && !mtu.isEmpty() && !isMtu(mtu)) {
            throw invalid("com.docker.network.driver.mtu", mtu);
        }
        String mode = options.getOrDefault(BRIDGE + "gateway_mode_ipv4", "nat");
        if (!mode.isEmpty() && !mode.equals("nat")) {
            throw Fault.unsupported("gateway_mode_ipv4=" + mode + " is not implemented");
        }
        String prefix = options.get("com.docker.network.container_iface_prefix");
        if (prefix != null && !prefix.matches("[A-Za-z][A-Za-z0-9_-]{0,11}")) {
            throw invalid("com.docker.network.container_iface_prefix", prefix);
        }
    }

    private static boolean isMtu(String text) {
        return text.matches("\\d{1,5}") && (Integer.parseInt(text) == 0 || Integer.parseInt(text) >= 68);
    }

    private static Fault invalid(String option, String value) {
        return Fault.invalid("failed to parse " + option + " value: \"" + value + "\"");
    }
}
