package io.caisson.metadata;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One reader's way through the log, a batch at a time. */
final class Following {
    /** How long a reader trusts that it would be nudged. */
    private static final Duration IDLE = Duration.ofSeconds(1);
    /** Committed events wait for an older transaction to end: its end sends no nudge. */
    private static final Duration HELD_UP = Duration.ofMillis(10);

    private final EventReader reader;
    private final EventNudges nudges;
    private final EventQuery query;
    private EventReader.Position position;
    private Duration pause = Duration.ZERO;
    private long seen = -1;

    Following(EventReader reader, EventNudges nudges, EventQuery query, EventReader.Position start) {
        this.reader = reader;
        this.nudges = nudges;
        this.query = query;
        this.position = start;
    }

    /** What to hand on now, and whether there may be more. */
    record Step(List<RecordedEvent> events, boolean goesOn) {}

    Uni<Step> next() {
        return rest().chain(() -> {
            seen = nudges.seen();
            boolean late = isOver();
            return reader.read(query, position).map(batch -> step(batch, late));
        });
    }

    private Uni<Void> rest() {
        return pause.isZero() ? Uni.createFrom().voidItem() : nudges.after(seen, pause);
    }

    /** {@code late}: the end of the query had passed before the batch was read, so what is missing never comes. */
    private Step step(EventReader.Batch batch, boolean late) {
        position = batch.next();
        boolean drained = !batch.full() && !batch.heldUp();
        pause = batch.full() ? Duration.ZERO : batch.heldUp() ? HELD_UP : untilEnd();
        return new Step(batch.events(), !(late && drained));
    }

    private Duration untilEnd() {
        if (query.until() == null) {
            return IDLE;
        }
        long left = Math.ceilDiv(query.until() - Event.nanos(Instant.now()), 1_000_000L);
        return Duration.ofMillis(Math.clamp(left, 1, IDLE.toMillis()));
    }

    private boolean isOver() {
        return query.until() != null && query.until() <= Event.nanos(Instant.now());
    }
}
