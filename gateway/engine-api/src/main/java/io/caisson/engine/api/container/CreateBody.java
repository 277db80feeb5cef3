package io.caisson.engine.api.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.JsonBody;
import io.caisson.kernel.Fault;
import io.caisson.network.api.EndpointRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of a create request: the container's configuration with {@code HostConfig} and {@code NetworkingConfig} in it.
 */
public record CreateBody(ContainerConfig config, HostConfig hostConfig, Map<String, EndpointRequest> networks) {
    private static final int MANY_NETWORKS = 44;

    /** INVALID for what is not such a body, or asks for what {@code version} does not have. */
    public static CreateBody parse(byte[] bytes, ApiVersion version) {
        ObjectNode root = JsonBody.object(bytes);
        JsonNode host = JsonBody.field(root, "HostConfig");
        JsonNode networking = JsonBody.field(root, "NetworkingConfig");
        if (root.isEmpty()) {
            throw Fault.invalid("config cannot be empty in order to create a container");
        }
        root.remove("HostConfig");
        root.remove("NetworkingConfig");
        var config = JsonBody.convert(withoutBlanks(root), ContainerConfig.class);
        JsonNode hostObject =
                host.isObject() ? withoutBlanks((ObjectNode) host) : JsonNodeFactory.instance.objectNode();
        var hostConfig = JsonBody.convert(hostObject, HostConfig.class);
        return new CreateBody(config, hostConfig, networks(networking, version));
    }

    /** Go's zero value of a string means "not given". */
    private static ObjectNode withoutBlanks(ObjectNode object) {
        object.removeIf(value -> value.isTextual() && value.asText().isEmpty());
        return object;
    }

    private static Map<String, EndpointRequest> networks(JsonNode networking, ApiVersion version) {
        Map<String, EndpointRequest> networks = new LinkedHashMap<>();
        for (var entry : JsonBody.field(networking, "EndpointsConfig").properties()) {
            networks.put(entry.getKey(), EndpointBody.request(entry.getValue()));
        }
        if (networks.size() > 1 && !version.atLeast(MANY_NETWORKS)) {
            throw Fault.invalid("Container cannot be created with multiple network endpoints: "
                    + String.join(", ", networks.keySet()));
        }
        return networks;
    }
}
