package io.caisson.engine.api.network;

import io.caisson.container.api.ConnectNetwork;
import io.caisson.container.api.DisconnectNetwork;
import io.caisson.engine.api.JsonBody;
import io.caisson.engine.api.container.EndpointBody;
import io.caisson.kernel.Fault;

/** The bodies of {@code POST /networks/{id}/connect} and {@code disconnect}. */
public final class ConnectBody {
    private ConnectBody() {}

    public static ConnectNetwork connect(String network, byte[] bytes) {
        var body = JsonBody.object(bytes);
        return new ConnectNetwork(
                container(bytes), network, EndpointBody.request(JsonBody.field(body, "EndpointConfig")));
    }

    public static DisconnectNetwork disconnect(String network, byte[] bytes) {
        return new DisconnectNetwork(container(bytes), network);
    }

    private static String container(byte[] bytes) {
        String name = JsonBody.field(JsonBody.object(bytes), "Container").asText("");
        if (name.isBlank()) {
            throw Fault.invalid("container name or ID is required");
        }
        return name;
    }
}
