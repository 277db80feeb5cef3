package io.caisson.container.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import java.util.HashMap;
import java.util.Map;

/**
 * The operator's log driver for containers that name none, and its options for those that use it: {@code log-driver} and
 * {@code log-opts} of {@code daemon.json}. What a container says itself is stronger, option by option.
 */
public record LogDefaults(String driver, Map<String, String> options) {
    public static final LogDefaults DOCKERS = new LogDefaults("json-file", Map.of());

    public LogDefaults {
        options = Map.copyOf(options);
    }

    /** The same request with its log configuration filled in. */
    public HostConfig fill(HostConfig host) {
        return equals(DOCKERS) ? host : with(host, driverOf(host), optionsOf(host));
    }

    private String driverOf(HostConfig host) {
        var log = host.logConfig();
        return log == null ? driver : Absent.text(log.type(), driver);
    }

    private Map<String, String> optionsOf(HostConfig host) {
        var log = host.logConfig();
        Map<String, String> filled = new HashMap<>(driverOf(host).equals(driver) ? options : Map.of());
        filled.putAll(Absent.map(log == null ? null : log.config()));
        return filled;
    }

    private static HostConfig with(HostConfig host, String driver, Map<String, String> options) {
        ObjectNode node = WireJson.mapper().valueToTree(host);
        node.putObject("logConfig")
                .put("type", driver)
                .set("config", WireJson.mapper().valueToTree(options));
        try {
            return WireJson.mapper().treeToValue(node, HostConfig.class);
        } catch (JsonProcessingException e) {
            throw Fault.internal("a host configuration does not survive its own JSON", e);
        }
    }
}
