package io.caisson.metadata;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Where services write what happened: in the transaction of the change itself, so that there is never one without the
 * other. Readers are woken once {@link Transactions} has committed.
 *
 * <pre>{@code
 * transactions.inTransaction(session -> session.persist(row).chain(() -> events.append(session, event)));
 * }</pre>
 */
@ApplicationScoped
public class EventLog {
    private static final String APPENDED = EventLog.class.getName();

    /** Writes {@code event} within the session's transaction. */
    public Uni<Void> append(Mutiny.Session session, Event event) {
        return session.persist(EventRow.of(event)).invoke(EventLog::mark);
    }

    /** Writes {@code event} within the session's transaction. */
    public Uni<Void> append(Mutiny.StatelessSession session, Event event) {
        return session.insert(EventRow.of(event)).invoke(EventLog::mark);
    }

    /** A transaction has a context of its own: a mark there tells that it wrote an event. */
    private static void mark() {
        Context context = Vertx.currentContext();
        if (context != null) {
            context.putLocal(APPENDED, true);
        }
    }

    /** Whether the transaction of {@code context} appended something. */
    static boolean appendedIn(Context context) {
        return context.getLocal(APPENDED) != null;
    }
}
