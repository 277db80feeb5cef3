package io.caisson.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.CreateContainer;
import io.caisson.container.api.HostConfig;
import io.caisson.kernel.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Create requests as JSON: what a test does not care about is left out. */
public final class Requests {
    private Requests() {}

    public static ContainerConfig config(String json) {
        return read(json, ContainerConfig.class);
    }

    public static HostConfig host(String json) {
        return read(json, HostConfig.class);
    }

    static CreateContainer create(@Nullable String name, String config, String host) {
        return new CreateContainer(new NodeId("local"), name, null, config(config), host(host), Map.of());
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return WireJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
