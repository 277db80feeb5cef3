package io.caisson.metadata;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The way to the database: every call has a session of its own, committed when the work succeeds, rolled back when it fails
 * or its subscriber cancels, closed in any case.
 *
 * <p>It may be called from any thread; the result comes back on the caller's Vert.x context, if it has one. The work runs on
 * an event loop and must stay there: no {@code Offload}, no calls to other services between the database's answers. Two
 * calls never share a session, so they may run side by side; they don't nest either: hand the session on instead.
 *
 * <p>Fails with {@code CONFLICT} on a violated constraint or a row changed by somebody else, with {@code UNAVAILABLE} when
 * the database is away or has not answered within {@code caisson.database.answer}.
 */
@ApplicationScoped
public class Transactions {
    private final Vertx vertx;
    private final Mutiny.SessionFactory factory;
    private final EventNudges nudges;
    private final AnswerBound bound;

    Transactions(Vertx vertx, Mutiny.SessionFactory factory, EventNudges nudges, AnswerBound bound) {
        this.vertx = vertx;
        this.factory = factory;
        this.nudges = nudges;
        this.bound = bound;
    }

    /** Reads and writes entities in one transaction. */
    public <T> Uni<T> inTransaction(Function<Mutiny.Session, Uni<T>> work) {
        return apart(
                late -> factory.openSession().chain(session -> session.withTransaction(
                                _ -> work.apply(session).invoke(_ -> refuse(late)))
                        .eventually(session::close)),
                this::nudge);
    }

    /** Writes without change tracking, in one transaction: what is inserted is written at once. */
    public <T> Uni<T> inStatelessTransaction(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return apart(
                late -> factory.openStatelessSession().chain(session -> session.withTransaction(
                                _ -> work.apply(session).invoke(_ -> refuse(late)))
                        .eventually(session::close)),
                this::nudge);
    }

    /** Reads; what is changed is not written. */
    public <T> Uni<T> withSession(Function<Mutiny.Session, Uni<T>> work) {
        return apart(
                _ -> factory.openSession().chain(session -> {
                    session.setDefaultReadOnly(true);
                    return work.apply(session).eventually(session::close);
                }),
                (context, result) -> {});
    }

    /** Reads, or writes statement by statement, without change tracking and without a transaction. */
    public <T> Uni<T> withStatelessSession(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return apart(
                _ -> factory.openStatelessSession()
                        .chain(session -> work.apply(session).eventually(session::close)),
                (context, result) -> {});
    }

    /** What its caller believes to have failed is not to happen. */
    private static void refuse(BooleanSupplier late) {
        if (late.getAsBoolean()) {
            throw AnswerBound.tooLate();
        }
    }

    private void nudge(Context context, @Nullable Object result) {
        if (EventLog.appendedIn(context)) {
            nudges.send();
        }
    }

    /** Runs {@code work} in a fresh duplicated context that Hibernate Reactive accepts, and comes back. */
    private <T> Uni<T> apart(Function<BooleanSupplier, Uni<T>> work, BiConsumer<Context, @Nullable Object> afterwards) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(own, true);
            Uni<T> there = bound.of(late -> Uni.createFrom()
                            .deferred(() -> work.apply(late))
                            .invoke(result -> afterwards.accept(own, result))
                            .onFailure()
                            .transform(PgFaults::translate))
                    .runSubscriptionOn(task -> own.runOnContext(_ -> task.run()));
            return caller == null ? there : there.emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }
}
