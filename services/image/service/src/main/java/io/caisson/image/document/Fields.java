package io.caisson.image.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tolerant access to fields: names match in any case, as Go's decoder has it; what is absent, null or of another type reads
 * as absent; lists are bounded.
 */
final class Fields {
    private static final int MAX_ITEMS = 10_000;

    private final JsonNode node;

    Fields(JsonNode node) {
        this.node = node;
    }

    JsonNode get(String name) {
        JsonNode exact = node.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return JsonNodeFactory.instance.nullNode();
    }

    Fields object(String name) {
        return new Fields(get(name));
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean has(String name) {
        return !get(name).isNull();
    }

    @Nullable
    String text(String name) {
        JsonNode value = get(name);
        return value.isTextual() ? value.textValue() : null;
    }

    String text(String name, String absent) {
        String value = text(name);
        return value == null ? absent : value;
    }

    @Nullable
    Long number(String name) {
        JsonNode value = get(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    boolean flag(String name) {
        return get(name).asBoolean(false);
    }

    /** Null when there is no list; items that are no strings are left out. */
    @Nullable
    List<String> textsOrNull(String name) {
        JsonNode value = get(name);
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        if (!value.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : bounded(value, name)) {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        }
        return texts;
    }

    List<String> texts(String name) {
        List<String> texts = textsOrNull(name);
        return texts == null ? List.of() : texts;
    }

    List<Fields> objects(String name) {
        JsonNode value = get(name);
        if (!value.isArray()) {
            return List.of();
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode item : bounded(value, name)) {
            objects.add(new Fields(item));
        }
        return objects;
    }

    /** The names in a set written as an object, {@code {"80/tcp": {}}}, sorted. */
    List<String> names(String name) {
        JsonNode value = get(name);
        return value.isObject()
                ? bounded(value, name)
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList()
                : List.of();
    }

    Map<String, String> textMap(String name) {
        JsonNode value = get(name);
        if (!value.isObject()) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : bounded(value, name).properties()) {
            map.put(entry.getKey(), entry.getValue().asText(""));
        }
        return map;
    }

    private static JsonNode bounded(JsonNode value, String name) {
        if (value.size() > MAX_ITEMS) {
            throw Fault.invalid("too many entries in " + name + ": " + value.size());
        }
        return value;
    }
}
