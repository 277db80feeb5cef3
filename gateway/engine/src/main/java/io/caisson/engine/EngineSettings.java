package io.caisson.engine;

import io.caisson.kernel.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What the gateway has to know of its installation.
 *
 * @param node where containers are made
 * @param instance the installation's short id
 */
public record EngineSettings(
        NodeId node,
        String instance,
        String dataRoot,
        List<String> labels,
        List<String> mirrors,
        List<String> insecureRegistries) {
    public EngineSettings {
        labels = List.copyOf(labels);
        mirrors = List.copyOf(mirrors);
        insecureRegistries = List.copyOf(insecureRegistries);
    }

    /** The same for every start of one installation on one host. */
    public String idOn(String hostname) {
        String seed = hostname + "/" + instance + "/" + node + "/" + dataRoot;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
