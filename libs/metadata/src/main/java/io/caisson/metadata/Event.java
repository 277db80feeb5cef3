package io.caisson.metadata;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened, in the words of Docker's event stream.
 *
 * @param node where it happened
 * @param type {@code container}, {@code image}, {@code network}, {@code volume}, …
 * @param action {@code create}, {@code start}, {@code die}, …
 * @param actorId the id (or name) of what it happened to
 * @param attributes what else is to tell: image, name, exit code, labels
 * @param timeNano nanoseconds since 1970
 */
public record Event(
        String node, String type, String action, String actorId, Map<String, String> attributes, long timeNano) {
    private static final long SECOND = 1_000_000_000L;

    public Event {
        attributes = Map.copyOf(attributes);
    }

    /** An event of this moment. */
    public static Event now(String node, String type, String action, String actorId, Map<String, String> attributes) {
        return new Event(node, type, action, actorId, attributes, nanos(Instant.now()));
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * SECOND + time.getNano();
    }
}
