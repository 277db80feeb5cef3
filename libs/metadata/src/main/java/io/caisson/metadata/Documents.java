package io.caisson.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;

/** JSON text for {@code jsonb} columns, the same as {@link JsonColumns} writes. */
final class Documents {
    private Documents() {}

    static String text(Object value) {
        try {
            return WireJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
        }
    }
}
