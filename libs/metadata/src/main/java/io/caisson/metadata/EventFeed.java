package io.caisson.metadata;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads the event log: what was, then what comes, in commit order, without a gap and without a repetition, whichever process
 * wrote it.
 *
 * <p>Streams keep no more than one batch in memory: a slow reader is only behind, and never holds up a writer.
 */
@ApplicationScoped
public class EventFeed {
    private final EventReader reader;
    private final EventNudges nudges;

    EventFeed(EventReader reader, EventNudges nudges) {
        this.reader = reader;
        this.nudges = nudges;
    }

    /** Follows the log until {@link EventQuery#until}, or until the subscriber cancels. */
    public Multi<Event> follow(EventQuery query) {
        return followRecorded(query).map(RecordedEvent::event);
    }

    /** The same, with the cursors to go on from. */
    public Multi<RecordedEvent> followRecorded(EventQuery query) {
        return Multi.createFrom()
                .deferred(() -> reader.start(query).onItem().transformToMulti(start -> follow(query, start)));
    }

    private Multi<RecordedEvent> follow(EventQuery query, EventReader.Position start) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Following(reader, nudges, query, start), Following::next)
                .whilst(Following.Step::goesOn)
                .onItem()
                .transformToMultiAndConcatenate(step -> Multi.createFrom().iterable(step.events()));
    }
}
