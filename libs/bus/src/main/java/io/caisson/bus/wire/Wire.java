package io.caisson.bus.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way: the object itself while it stays in this JVM, its JSON once it has crossed to another. The receiver
 * knows the type from the port's method, so no class name travels.
 */
public final class Wire {
    private final @Nullable Object value;
    private final byte @Nullable [] json;

    private Wire(@Nullable Object value, byte @Nullable [] json) {
        this.value = value;
        this.json = json;
    }

    public static Wire of(Object value) {
        return new Wire(value, null);
    }

    static Wire received(byte[] json) {
        return new Wire(null, json);
    }

    byte[] toJson() {
        if (json != null) {
            return json;
        }
        try {
            return WireJson.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw Fault.internal("cannot encode " + value, e);
        }
    }

    /** The value as {@code type}; the very object that was sent when it never left the JVM. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T as(Type type) {
        if (value != null) {
            return (T) value;
        }
        try {
            var mapper = WireJson.mapper();
            return mapper.readValue(json, mapper.constructType(type));
        } catch (IOException e) {
            throw Fault.internal("cannot decode " + type.getTypeName() + ": " + e.getMessage(), e);
        }
    }
}
