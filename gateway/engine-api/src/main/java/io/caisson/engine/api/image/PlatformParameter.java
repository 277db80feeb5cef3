package io.caisson.engine.api.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.engine.api.EngineJson;
import io.caisson.kernel.Fault;
import io.caisson.oci.Platform;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The {@code platform} parameter: {@code linux/arm64/v8}, or the JSON of an OCI platform. */
public final class PlatformParameter {
    private PlatformParameter() {}

    /** Null when none is given; INVALID when it is not one. */
    public static @Nullable Platform parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.startsWith("{") ? json(text) : Platform.parse(text);
    }

    private static Platform json(String text) {
        try {
            JsonNode json = EngineJson.mapper().readTree(text);
            String variant = json.path("variant").asText("");
            return new Platform(
                    json.path("architecture").asText(""),
                    json.path("os").asText("linux"),
                    variant.isEmpty() ? null : variant);
        } catch (IOException e) {
            throw new Fault(Fault.Kind.INVALID, "failed to parse platform", e);
        }
    }
}
