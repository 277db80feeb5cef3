package io.caisson.image.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.ImageConfig.Execution;
import io.caisson.oci.ImageConfig.Healthcheck;
import io.caisson.oci.ImageConfig.History;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes the config of an image made here. The same config gives the same bytes, so the same id. */
public final class ConfigWriting {
    private ConfigWriting() {}

    public static byte[] bytes(ImageConfig config) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("architecture", config.architecture());
        root.put("os", config.os());
        put(root, "variant", config.variant());
        put(root, "created", config.created());
        put(root, "author", config.author());
        Execution execution = config.config();
        if (execution != null) {
            root.set("config", execution(execution));
        }
        ObjectNode rootFs = root.putObject("rootfs");
        rootFs.put("type", config.rootfs().type());
        var diffIds = rootFs.putArray("diff_ids");
        config.rootfs().diffIds().forEach(diffId -> diffIds.add(diffId.toString()));
        var history = root.putArray("history");
        config.history().forEach(entry -> history.add(history(entry)));
        return JsonDocument.text(root).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode execution(Execution config) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "User", config.user());
        putSet(node, "ExposedPorts", config.exposedPorts());
        put(node, "Env", config.env().isEmpty() ? null : config.env());
        put(node, "Entrypoint", config.entrypoint());
        put(node, "Cmd", config.cmd());
        Healthcheck check = config.healthcheck();
        if (check != null) {
            node.set("Healthcheck", healthcheck(check));
        }
        putSet(node, "Volumes", config.volumes());
        put(node, "WorkingDir", config.workingDir());
        put(node, "OnBuild", config.onBuild());
        if (!config.labels().isEmpty()) {
            ObjectNode labels = node.putObject("Labels");
            new TreeMap<>(config.labels()).forEach(labels::put);
        }
        put(node, "StopSignal", config.stopSignal());
        put(node, "Shell", config.shell());
        if (config.argsEscaped()) {
            node.put("ArgsEscaped", true);
        }
        return node;
    }

    private static ObjectNode healthcheck(Healthcheck check) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "Test", check.test());
        put(node, "Interval", check.interval());
        put(node, "Timeout", check.timeout());
        put(node, "StartPeriod", check.startPeriod());
        put(node, "StartInterval", check.startInterval());
        Integer retries = check.retries();
        if (retries != null) {
            node.put("Retries", retries);
        }
        return node;
    }

    private static ObjectNode history(History entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "created", entry.created());
        put(node, "created_by", entry.createdBy());
        put(node, "author", entry.author());
        put(node, "comment", entry.comment());
        if (entry.emptyLayer()) {
            node.put("empty_layer", true);
        }
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Long value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable List<String> values) {
        if (values != null) {
            var array = node.putArray(name);
            values.forEach(array::add);
        }
    }

    private static void putSet(ObjectNode node, String name, List<String> names) {
        if (!names.isEmpty()) {
            ObjectNode set = node.putObject(name);
            new TreeSet<>(names).forEach(set::putObject);
        }
    }
}
