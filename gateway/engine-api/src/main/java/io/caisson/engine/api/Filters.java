package io.caisson.engine.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code filters} parameter: {@code {"key":{"value":true}}}, or the older {@code {"key":["value"]}}. */
public final class Filters {
    private Filters() {}

    /** Values by key, in the order they came; INVALID when it is neither form. */
    public static Map<String, List<String>> parse(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        Map<String, List<String>> filters = new LinkedHashMap<>();
        for (var entry : read(json).properties()) {
            filters.put(entry.getKey(), values(entry.getValue()));
        }
        return filters;
    }

    /** INVALID with Docker's text for the first key that is not among {@code accepted}. */
    public static void check(Map<String, List<String>> filters, Set<String> accepted) {
        for (String key : filters.keySet()) {
            if (!accepted.contains(key)) {
                throw Fault.invalid("invalid filter '" + key + "'");
            }
        }
    }

    private static JsonNode read(String json) {
        try {
            JsonNode root = EngineJson.mapper().readTree(json);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid filter: " + e.getOriginalMessage(), e);
        }
        throw Fault.invalid("invalid filter: not a JSON object");
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.asText()));
        } else if (node.isObject()) {
            for (var entry : node.properties()) {
                if (entry.getValue().asBoolean()) {
                    values.add(entry.getKey());
                }
            }
        } else {
            throw Fault.invalid("invalid filter: values must be an object or an array");
        }
        return values;
    }
}
