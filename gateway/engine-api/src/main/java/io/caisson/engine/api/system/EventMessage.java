package io.caisson.engine.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.engine.api.ApiVersion;
import io.caisson.metadata.Event;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event on the wire; before 1.52 those of containers and images have three older names for the same. */
public record EventMessage(
        @JsonProperty("status") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String status,

        @JsonProperty("id") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String id,

        @JsonProperty("from") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String from,

        String type,
        String action,
        Actor actor,
        @JsonProperty("scope") String scope,
        @JsonProperty("time") long time,
        @JsonProperty("timeNano") long timeNano) {
    private static final int WITHOUT_LEGACY = 52;
    private static final long SECOND = 1_000_000_000L;

    public record Actor(@JsonProperty("ID") String id, Map<String, String> attributes) {}

    public static EventMessage of(Event event, ApiVersion version) {
        boolean container = event.type().equals("container");
        boolean legacy =
                !version.atLeast(WITHOUT_LEGACY) && (container || event.type().equals("image"));
        return new EventMessage(
                legacy ? event.action() : null,
                legacy ? event.actorId() : null,
                legacy && container ? event.attributes().get("image") : null,
                event.type(),
                event.action(),
                new Actor(event.actorId(), event.attributes()),
                "local",
                Math.floorDiv(event.timeNano(), SECOND),
                event.timeNano());
    }
}
