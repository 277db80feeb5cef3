package io.caisson.engine.api.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.ContainerConfig;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.EngineJson;
import java.util.List;

/** {@code Config} of an inspect: Go's zero values where nothing is set, and some names only when they are. */
final class ConfigView {
    private static final int WITHOUT_EMPTY_ONBUILD = 52;
    private static final List<String> TEXTS = List.of("Hostname", "Domainname", "User", "Image", "WorkingDir");
    private static final List<String> OPTIONAL =
            List.of("ExposedPorts", "Healthcheck", "MacAddress", "StopSignal", "StopTimeout", "Shell");

    private ConfigView() {}

    static ObjectNode of(ContainerConfig config, ApiVersion version) {
        ObjectNode view = EngineJson.mapper().valueToTree(config);
        for (String name : TEXTS) {
            if (view.path(name).isNull()) {
                view.put(name, "");
            }
        }
        for (String name : OPTIONAL) {
            removeIfEmpty(view, name);
        }
        removeIfFalse(view, "ArgsEscaped");
        removeIfFalse(view, "NetworkDisabled");
        if (version.atLeast(WITHOUT_EMPTY_ONBUILD)) {
            removeIfEmpty(view, "OnBuild");
        }
        if (view.path("Volumes").isEmpty()) {
            view.putNull("Volumes");
        }
        if (view.path("Labels").isNull()) {
            view.putObject("Labels");
        }
        health(view);
        return view;
    }

    private static void health(ObjectNode view) {
        if (view.get("Healthcheck") instanceof ObjectNode health) {
            health.removeIf(JsonNode::isNull);
        }
    }

    private static void removeIfEmpty(ObjectNode view, String name) {
        JsonNode value = view.path(name);
        boolean blank = value.isTextual() && value.asText().isEmpty();
        if (value.isNull() || blank || (value.isContainerNode() && value.isEmpty())) {
            view.remove(name);
        }
    }

    private static void removeIfFalse(ObjectNode view, String name) {
        if (!view.path(name).asBoolean()) {
            view.remove(name);
        }
    }
}
