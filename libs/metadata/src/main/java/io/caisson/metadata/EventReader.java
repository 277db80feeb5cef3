package io.caisson.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.caisson.bus.wire.WireJson;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queries behind {@link EventFeed}.
 *
 * <p>Numbers from a sequence become visible in the order of commits, not of numbers: a reader that remembers the highest one
 * would miss events of a transaction that was slower. So events are read in the order (transaction, number), and only below
 * the oldest transaction that is still open: nothing can appear there any more.
 */
@ApplicationScoped
class EventReader {
    private static final int BATCH = 256;
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    /**
     * One row per event, or a single one without an event; each tells the horizon. Events at or beyond it are fetched too:
     * they tell that something is about to come.
     */
    private static final String READ = """
            SELECT h.horizon::text AS horizon, e.tx < h.horizon AS settled, e.id, e.tx::text AS tx, e.node, e.type,
                   e.action, e.actor_id, e.attributes::text AS attributes, e.time_nano
              FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) h
              LEFT JOIN (SELECT *
                           FROM events.event
                          WHERE (tx, id) > ($1::text::xid8, $2)
                            AND ($3::text IS NULL OR NOT pg_visible_in_snapshot(tx, $3::text::pg_snapshot))
                            AND time_nano >= $4 AND time_nano < $5
                          ORDER BY tx, id
                          LIMIT $6) e ON true
             ORDER BY e.tx, e.id
            """;

    private static final String SNAPSHOT = """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin, pg_current_snapshot()::text AS snapshot
            """;

    private final Pool pool;
    private final AnswerBound bound;

    EventReader(Pool pool, AnswerBound bound) {
        this.pool = pool;
        this.bound = bound;
    }

    /**
     * Where a reader stands.
     *
     * @param snapshot what it has seen already although it comes later in order; null when nothing
     */
    record Position(EventCursor cursor, @Nullable String snapshot) {}

    /**
     * What a look at the log gave.
     *
     * @param full there may be more at once
     * @param heldUp committed events wait for an older transaction to end
     */
    record Batch(List<RecordedEvent> events, Position next, boolean full, boolean heldUp) {}

    Uni<Position> start(EventQuery query) {
        if (query.cursor() != null) {
            return Uni.createFrom().item(new Position(query.cursor(), null));
        }
        if (query.since() != null) {
            return Uni.createFrom().item(new Position(new EventCursor(0, 0), null));
        }
        return bound.of(_ -> pool.query(SNAPSHOT).execute())
                .map(rows -> rows.iterator().next())
                .map(row -> new Position(new EventCursor(tx(row, "xmin"), 0), row.getString("snapshot")))
                .onFailure()
                .transform(PgFaults::translate);
    }

    Uni<Batch> read(EventQuery query, Position from) {
        long since = query.since() == null ? Long.MIN_VALUE : query.since();
        long until = query.until() == null ? Long.MAX_VALUE : query.until();
        Tuple parameters = Tuple.from(List.of(
                        Long.toUnsignedString(from.cursor().tx()), from.cursor().id()))
                .addString(from.snapshot())
                .addLong(since)
                .addLong(until)
                .addInteger(BATCH);
        return bound.of(_ -> pool.preparedQuery(READ).execute(parameters))
                .map(rows -> batch(rows, from))
                .onFailure()
                .transform(PgFaults::translate);
    }

    private static Batch batch(RowSet<Row> rows, Position from) {
        List<RecordedEvent> events = new ArrayList<>();
        boolean heldUp = false;
        EventCursor consumed = from.cursor();
        for (Row row : rows) {
            consumed = belowHorizon(row);
            if (row.getLong("id") != null) {
                if (row.getBoolean("settled")) {
                    events.add(recorded(row));
                } else {
                    heldUp = true;
                }
            }
        }
        boolean full = events.size() == BATCH;
        EventCursor next = full ? events.getLast().cursor() : consumed;
        return new Batch(events, new Position(next, from.snapshot()), full, heldUp);
    }

    /** The place behind everything that can no longer change. */
    private static EventCursor belowHorizon(Row row) {
        return new EventCursor(tx(row, "horizon") - 1, Long.MAX_VALUE);
    }

    private static RecordedEvent recorded(Row row) {
        var event = new Event(
                row.getString("node"),
                row.getString("type"),
                row.getString("action"),
                row.getString("actor_id"),
                attributes(row.getString("attributes")),
                row.getLong("time_nano"));
        return new RecordedEvent(new EventCursor(tx(row, "tx"), row.getLong("id")), event);
    }

    private static long tx(Row row, String column) {
        return Long.parseUnsignedLong(row.getString(column));
    }

    private static Map<String, String> attributes(String json) {
        try {
            return WireJson.mapper().readValue(json, ATTRIBUTES);
        } catch (JsonProcessingException e) {
            throw Fault.internal("unreadable event attributes", e);
        }
    }
}
