package io.caisson.engine.api.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.EngineJson;
import io.caisson.oci.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code Config} of an image: before 1.50 with the fields of containers, before 1.52 with those that are not set. */
final class ImageConfigView {
    private static final int WITHOUT_CONTAINER_FIELDS = 50;
    private static final int WITHOUT_EMPTY_FIELDS = 52;

    private ImageConfigView() {}

    static ObjectNode of(ImageConfig.@Nullable Execution given, ApiVersion version) {
        ImageConfig.Execution execution = given == null ? ImageConfig.Execution.empty() : given;
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        if (!version.atLeast(WITHOUT_CONTAINER_FIELDS)) {
            containerFields(view);
        }
        boolean all = !version.atLeast(WITHOUT_EMPTY_FIELDS);
        text(view, "User", execution.user(), all);
        value(view, "ExposedPorts", set(execution.exposedPorts()), false);
        value(view, "Env", orNull(execution.env()), all);
        value(view, "Cmd", execution.cmd(), all);
        value(view, "Healthcheck", health(execution.healthcheck()), false);
        if (execution.argsEscaped()) {
            view.put("ArgsEscaped", true);
        }
        value(view, "Volumes", set(execution.volumes()), all);
        text(view, "WorkingDir", execution.workingDir(), all);
        value(view, "Entrypoint", execution.entrypoint(), all);
        value(view, "OnBuild", execution.onBuild(), all);
        value(view, "Labels", execution.labels().isEmpty() ? null : execution.labels(), all);
        text(view, "StopSignal", execution.stopSignal(), false);
        value(view, "Shell", execution.shell(), false);
        return view;
    }

    private static void containerFields(ObjectNode view) {
        view.put("Hostname", "").put("Domainname", "").put("Image", "");
        for (String name : List.of("AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce")) {
            view.put(name, false);
        }
    }

    private static void text(ObjectNode view, String name, @Nullable String text, boolean always) {
        if (text != null && !text.isEmpty()) {
            view.put(name, text);
        } else if (always) {
            view.put(name, "");
        }
    }

    private static void value(ObjectNode view, String name, @Nullable Object value, boolean always) {
        if (value != null || always) {
            view.set(name, EngineJson.mapper().valueToTree(value));
        }
    }

    private static @Nullable ObjectNode health(ImageConfig.@Nullable Healthcheck health) {
        if (health == null) {
            return null;
        }
        ObjectNode view = EngineJson.mapper().valueToTree(health);
        view.removeIf(JsonNode::isNull);
        return view;
    }

    private static @Nullable Map<String, Map<String, String>> set(List<String> names) {
        return names.isEmpty()
                ? null
                : names.stream()
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), _ -> Map.<String, String>of()));
    }

    private static @Nullable List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
