package io.caisson.metadata;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Single statements past Hibernate's session, each a transaction of its own: for hot paths, where a session, a load of what
 * is known and five trips to the database cost more than the work itself. What {@link Transactions} says of faults and of
 * the caller's context holds here too.
 *
 * <p>A change and its events are one statement, so that there is never one without the other.
 *
 * <pre>{@code
 * statements.update(SHAPE, before, after, List.of(event)).map(written -> written ? after : lostTheRace());
 * }</pre>
 */
@ApplicationScoped
public class Statements {
    private static final String EVENT_COLUMNS = "node, type, action, actor_id, attributes, time_nano";
    private static final String EVENTS_OF = " from jsonb_to_recordset($%d::text::jsonb) as e(node text, type text,"
            + " action text, actor_id text, attributes jsonb, time_nano bigint)";
    private static final String TELL = "insert into events.event (" + EVENT_COLUMNS + ") select e.*" + EVENTS_OF;

    private final Pool pool;
    private final EventNudges nudges;
    private final AnswerBound bound;

    Statements(Pool pool, EventNudges nudges, AnswerBound bound) {
        this.pool = pool;
        this.nudges = nudges;
        this.bound = bound;
    }

    /** As the events' table wants it. */
    private record Told(
            String node,
            String type,
            String action,
            String actor_id,
            java.util.Map<String, String> attributes,
            long time_nano) {
        static Told of(Event event) {
            return new Told(
                    event.node(), event.type(), event.action(), event.actorId(), event.attributes(), event.timeNano());
        }
    }

    /** Any statement, with its parameters as {@code $1}, {@code $2}, … */
    public Uni<RowSet<Row>> run(String sql, List<Object> values) {
        return bound.of(_ -> Uni.createFrom().completionStage(() -> pool.preparedQuery(sql)
                        .execute(Tuple.tuple(values))
                        .toCompletionStage()))
                .onFailure()
                .transform(PgFaults::translate);
    }

    /** Writes a new row. */
    public <R> Uni<Void> insert(RowShape<R> shape, R row, List<Event> events) {
        return changed(shape.insert(), shape.insertValues(row), events).replaceWithVoid();
    }

    /** False when the row is gone or no longer of {@code before}'s version; else its version is one higher. */
    public <R> Uni<Boolean> update(RowShape<R> shape, R before, R after, List<Event> events) {
        return changed(shape.update(), shape.updateValues(before, after), events);
    }

    /** False when there is no such row. */
    public Uni<Boolean> delete(RowShape<?> shape, Object id, List<Event> events) {
        return changed(shape.delete(), List.of(id), events);
    }

    /** Tells of something that changed no row. */
    public Uni<Void> tell(Event event) {
        return run(TELL.formatted(1), List.of(text(List.of(event))))
                .invoke(nudges::send)
                .replaceWithVoid();
    }

    private Uni<Boolean> changed(String change, List<Object> values, List<Event> events) {
        List<Object> all = new ArrayList<>(values);
        String sql = change;
        if (!events.isEmpty()) {
            all.add(text(events));
            sql = "with changed as (" + change + "), told as (insert into events.event (" + EVENT_COLUMNS
                    + ") select e.*" + EVENTS_OF.formatted(all.size()) + ", changed) select 1 from changed";
        }
        return run(sql, all).map(rows -> rows.size() > 0).invoke(written -> {
            if (written && !events.isEmpty()) {
                nudges.send();
            }
        });
    }

    private static String text(List<Event> events) {
        return Documents.text(events.stream().map(Told::of).toList());
    }
}
