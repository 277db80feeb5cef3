package io.caisson.metadata;

/** An event and its place in the log. */
public record RecordedEvent(EventCursor cursor, Event event) {}
