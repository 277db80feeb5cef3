package io.caisson.engine.api.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.ContainerDetail;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.EngineJson;
import io.caisson.network.api.PublishedPort;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code NetworkSettings} of an inspect; until 1.51 with the fields of the default network once more at its top. */
final class NetworkSettingsView {
    private static final int WITHOUT_LEGACY = 52;

    private NetworkSettingsView() {}

    static ObjectNode of(ContainerDetail container, ApiVersion version) {
        Map<String, EndpointView> networks = EndpointView.all(container, version);
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        if (!version.atLeast(WITHOUT_LEGACY)) {
            settings.put("Bridge", "");
        }
        sandbox(settings, container);
        settings.set("Ports", ports(container));
        if (!version.atLeast(WITHOUT_LEGACY)) {
            addLegacy(settings, networks.get("bridge"));
        }
        settings.set("Networks", EngineJson.mapper().valueToTree(networks));
        return settings;
    }

    /** The network namespace has no name of its own: it is its container's, and found through its process. */
    private static void sandbox(ObjectNode settings, ContainerDetail container) {
        boolean there = container.state().running() && container.state().pid() > 0;
        settings.put("SandboxID", there ? container.id().value() : "");
        settings.put("SandboxKey", there ? "/proc/" + container.state().pid() + "/ns/net" : "");
    }

    private static void addLegacy(ObjectNode settings, @Nullable EndpointView bridge) {
        settings.put("HairpinMode", false).put("LinkLocalIPv6Address", "").put("LinkLocalIPv6PrefixLen", 0);
        settings.putNull("SecondaryIPAddresses").putNull("SecondaryIPv6Addresses");
        settings.put("EndpointID", bridge == null ? "" : bridge.endpointId());
        settings.put("Gateway", bridge == null ? "" : bridge.gateway());
        settings.put("GlobalIPv6Address", "").put("GlobalIPv6PrefixLen", 0);
        settings.put("IPAddress", bridge == null ? "" : bridge.ipAddress());
        settings.put("IPPrefixLen", bridge == null ? 0 : bridge.ipPrefixLen());
        settings.put("IPv6Gateway", "");
        settings.put("MacAddress", bridge == null ? "" : bridge.macAddress());
    }

    /** Exposed ports without a binding are there with null; nothing is while the container does not run. */
    private static ObjectNode ports(ContainerDetail container) {
        ObjectNode ports = JsonNodeFactory.instance.objectNode();
        if (!container.state().running() || container.endpoints().isEmpty()) {
            return ports;
        }
        Map<String, TreeSet<PublishedPort>> published = new TreeMap<>();
        for (PublishedPort port : container.ports()) {
            published
                    .computeIfAbsent(port.containerPort() + "/" + port.protocol(), _ -> new TreeSet<>(PortOrder.HOST))
                    .add(port);
        }
        Map<String, Map<String, String>> exposed = container.config().exposedPorts();
        if (exposed != null) {
            exposed.keySet().forEach(ports::putNull);
        }
        published.forEach((name, bindings) -> {
            var array = ports.putArray(name);
            bindings.forEach(port ->
                    array.addObject().put("HostIp", port.hostIp()).put("HostPort", Integer.toString(port.hostPort())));
        });
        return ports;
    }
}
