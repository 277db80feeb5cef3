package io.caisson.container;

import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.state.Ending;
import io.caisson.metadata.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Docker's container events: all labels, the image and the name, and what belongs to the action. */
final class ContainerEvents {
    private ContainerEvents() {}

    static Event of(Container container, String action) {
        return of(container, action, Map.of());
    }

    static Event of(Container container, String action, Map<String, String> more) {
        var definition = container.definition();
        Map<String, String> attributes =
                new HashMap<>(Absent.map(definition.config().labels()));
        attributes.put("image", definition.imageName());
        attributes.put("name", container.name());
        attributes.putAll(more);
        return Event.now(
                definition.node().value(), "container", action, definition.id().value(), attributes);
    }

    static Event kill(Container container, int signal) {
        return of(container, "kill", Map.of("signal", Integer.toString(signal)));
    }

    static Event die(Container container, Ending ending, Instant startedAt) {
        long seconds = Math.max(0, Duration.between(startedAt, ending.at()).toSeconds());
        return of(
                container,
                "die",
                Map.of("exitCode", Integer.toString(ending.exitCode()), "execDuration", Long.toString(seconds)));
    }
}
