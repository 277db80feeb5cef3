package io.caisson.metadata;

import org.jspecify.annotations.Nullable;

/**
 * Which events to follow.
 *
 * @param since nanoseconds since 1970 of the first event of interest; null: only what is committed from now on (or, with a
 *     cursor, what comes after it)
 * @param until nanoseconds since 1970 at which the stream ends (exclusive), perhaps in the future; null: never
 * @param cursor where an earlier reading stopped; null: none
 */
public record EventQuery(
        @Nullable Long since,
        @Nullable Long until,
        @Nullable EventCursor cursor) {
    /** Everything from now on. */
    public static EventQuery live() {
        return new EventQuery(null, null, null);
    }

    public static EventQuery between(@Nullable Long since, @Nullable Long until) {
        return new EventQuery(since, until, null);
    }

    public static EventQuery after(EventCursor cursor) {
        return new EventQuery(null, null, cursor);
    }
}
