package io.caisson.network;

import io.caisson.kernel.Fault;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.store.NetworkRow;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of interfaces in a container: {@code eth0} and on, unless asked for otherwise. */
final class InterfaceNames {
    private static final String WANTED = "com.docker.network.endpoint.ifname";
    private static final String PREFIX = "com.docker.network.container_iface_prefix";
    private static final Pattern VALID = Pattern.compile("[^\\s/:]{1,15}");

    private InterfaceNames() {}

    static String choose(NetworkRow network, EndpointRequest request, Set<String> taken) {
        String wanted = request.driverOpts().get(WANTED);
        if (wanted != null) {
            return check(wanted, taken);
        }
        String prefix = network.options.getOrDefault(PREFIX, "eth");
        int index = 0;
        while (taken.contains(prefix + index)) {
            index++;
        }
        return prefix + index;
    }

    private static String check(String wanted, Set<String> taken) {
        if (!VALID.matcher(wanted).matches() || wanted.equals("lo") || wanted.startsWith(".")) {
            throw Fault.invalid("invalid interface name: " + wanted);
        }
        if (taken.contains(wanted)) {
            throw Fault.invalid("interface name " + wanted + " is used twice");
        }
        return wanted;
    }
}
