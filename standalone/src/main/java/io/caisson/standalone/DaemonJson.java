package io.caisson.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Docker's {@code daemon.json}, read as far as it means something here.
 *
 * @param keys the same, as Caisson's keys; lists are joined by commas, an address pool is {@code BASE/SIZE}
 * @param unknown what has no effect
 */
record DaemonJson(Map<String, String> keys, List<String> unknown) {
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "data-root", Settings.DATA,
            "tlscacert", Listeners.TLS_CA,
            "tlscert", Listeners.TLS_CERTIFICATE,
            "tlskey", Listeners.TLS_KEY);

    private static final Set<String> SAME_NAMES = Set.of(
            "registry-mirrors",
            "insecure-registries",
            "bip",
            "default-address-pools",
            "dns",
            "dns-search",
            "dns-opts",
            "mtu",
            "log-driver",
            "log-opts",
            "init",
            "max-concurrent-downloads",
            "labels",
            "metrics-addr");

    /** @throws IOException when it isn't a JSON object */
    static DaemonJson parse(String text) throws IOException {
        JsonNode root = new ObjectMapper().readTree(text);
        if (!root.isObject()) {
            throw new IOException("daemon.json is not a JSON object");
        }
        var keys = new TreeMap<String, String>();
        var unknown = new ArrayList<String>();
        root.properties().forEach(entry -> {
            String name = entry.getKey();
            if (SAME_NAMES.contains(name)) {
                put(keys, "caisson." + name, entry.getValue());
            } else if (OTHER_NAMES.containsKey(name)) {
                put(keys, OTHER_NAMES.getOrDefault(name, name), entry.getValue());
            } else {
                unknown.add(name);
            }
        });
        return new DaemonJson(keys, List.copyOf(unknown));
    }

    private static void put(Map<String, String> keys, String key, JsonNode value) {
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> keys.put(
                            key + "." + entry.getKey(), entry.getValue().asText()));
        } else if (value.isArray()) {
            keys.put(
                    key,
                    StreamSupport.stream(value.spliterator(), false)
                            .map(DaemonJson::item)
                            .collect(Collectors.joining(",")));
        } else {
            keys.put(key, value.asText());
        }
    }

    private static String item(JsonNode item) {
        return item.isObject()
                ? item.path("base").asText() + "/" + item.path("size").asText()
                : item.asText();
    }
}
