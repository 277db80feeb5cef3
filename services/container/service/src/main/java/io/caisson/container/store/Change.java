package io.caisson.container.store;

import io.caisson.container.model.Container;
import io.caisson.metadata.Event;
import java.util.List;

/** A container's new version, and what to tell of it: written together or not at all. */
public record Change(Container container, List<Event> events) {
    public Change {
        events = List.copyOf(events);
    }

    public static Change of(Container container, Event... events) {
        return new Change(container, List.of(events));
    }
}
