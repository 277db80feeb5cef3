package io.caisson.container;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.kernel.Fault;
import io.caisson.network.api.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A running container that another one on the default bridge knows by an alias: a line in its hosts file, and variables.
 *
 * @param address on the default bridge
 */
record LegacyLink(String alias, Container child, String address) {
    private static final String BRIDGE = "bridge";

    private record Port(int number, String protocol) {
        static Port of(String text) {
            int slash = text.indexOf('/');
            return new Port(
                    Integer.parseInt(slash < 0 ? text : text.substring(0, slash)),
                    slash < 0 ? "tcp" : text.substring(slash + 1));
        }

        boolean isOther() {
            return !protocol.equals("tcp");
        }
    }

    /** INTERNAL, in Docker's words, when it does not run or is not on the default bridge. */
    static LegacyLink of(String alias, Container child, String parent) {
        if (!(child.lifecycle() instanceof Lifecycle.Live)) {
            throw new Fault(
                    Fault.Kind.INTERNAL,
                    "Cannot link to a non running container: /" + child.name() + " AS /" + parent + "/" + alias);
        }
        return child.endpoints().stream()
                .filter(endpoint -> endpoint.networkName().equals(BRIDGE))
                .map(Endpoint::ipv4Address)
                .filter(address -> !Absent.text(address).isEmpty())
                .findFirst()
                .map(address -> new LegacyLink(alias, child, Absent.text(address)))
                .orElseThrow(() -> new Fault(
                        Fault.Kind.INTERNAL, "container " + child.id() + " not attached to default bridge network"));
    }

    String hostsLine() {
        String names = alias + " " + Absent.text(child.definition().config().hostname());
        return address + "\t" + (alias.equals(child.name()) ? names : names + " " + child.name());
    }

    /** {@code DB_PORT_5432_TCP_ADDR} and the like. */
    List<String> environment(String parent) {
        ContainerConfig config = child.definition().config();
        String prefix = alias.toUpperCase(Locale.ROOT).replace('-', '_');
        List<Port> ports = Absent.map(config.exposedPorts()).keySet().stream()
                .map(Port::of)
                .sorted(Comparator.comparingInt(Port::number).thenComparing(Port::isOther))
                .toList();
        List<String> lines = new ArrayList<>();
        if (!ports.isEmpty()) {
            lines.add(prefix + "_PORT=" + url(ports.getFirst()));
        }
        ports.forEach(port -> addPort(lines, prefix, port));
        lines.add(prefix + "_NAME=/" + parent + "/" + alias);
        Absent.list(config.env()).stream()
                .filter(entry -> entry.indexOf('=') > 0)
                .filter(entry -> !entry.startsWith("HOME=") && !entry.startsWith("PATH="))
                .forEach(entry -> lines.add(prefix + "_ENV_" + entry));
        return lines;
    }

    private void addPort(List<String> lines, String prefix, Port port) {
        String name = prefix + "_PORT_" + port.number() + "_" + port.protocol().toUpperCase(Locale.ROOT);
        lines.add(name + "=" + url(port));
        lines.add(name + "_ADDR=" + address);
        lines.add(name + "_PORT=" + port.number());
        lines.add(name + "_PROTO=" + port.protocol());
    }

    private String url(Port port) {
        return port.protocol() + "://" + address + ":" + port.number();
    }
}
