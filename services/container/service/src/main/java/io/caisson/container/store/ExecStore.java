package io.caisson.container.store;

import io.caisson.container.model.Exec;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Processes added to containers, in the database. They go with their container, and some minutes after their end. */
@ApplicationScoped
public class ExecStore {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final EventLog events;

    ExecStore(Transactions transactions, EventLog events) {
        this.transactions = transactions;
        this.events = events;
    }

    /** An exec's new version, and what to tell of it. */
    public record Change(Exec exec, List<Event> events) {
        public Change {
            events = List.copyOf(events);
        }

        public static Change of(Exec exec, Event... events) {
            return new Change(exec, List.of(events));
        }
    }

    /** Those of the container that ended long ago are forgotten. */
    public Uni<Exec> insert(Exec exec, Event event) {
        return transactions.inTransaction(session -> deleteOld(session, exec.container())
                .chain(() -> session.persist(ExecMapping.row(exec)))
                .chain(session::flush)
                .chain(() -> events.append(session, event))
                .replaceWith(exec));
    }

    private static Uni<Integer> deleteOld(Mutiny.Session session, ContainerId container) {
        return session.createMutationQuery(
                        "delete from ExecRow where container = :container and status = 'ended' and finishedAt < :limit")
                .setParameter("container", container.value())
                .setParameter("limit", Instant.now().minus(KEPT))
                .executeUpdate();
    }

    /** NOT_FOUND in Docker's words. */
    public Uni<Exec> find(String id) {
        return transactions.withSession(
                session -> session.find(ExecRow.class, id).map(row -> ExecMapping.exec(known(row, id))));
    }

    /** Ids of those of a container that have not ended, oldest first. */
    public Uni<List<ExecId>> open(ContainerId container) {
        return transactions
                .withSession(session -> session.createQuery(
                                "select id from ExecRow where container = :container and status <> 'ended'"
                                        + " order by created, id",
                                String.class)
                        .setParameter("container", container.value())
                        .getResultList())
                .map(ids -> ids.stream().map(ExecId::new).toList());
    }

    /** Those of a node whose start was asked for and whose end is not known. */
    public Uni<List<Exec>> started(NodeId node) {
        return transactions
                .withSession(session -> session.createQuery(
                                "from ExecRow where node = :node and status = 'started'", ExecRow.class)
                        .setParameter("node", node.value())
                        .getResultList())
                .map(rows -> rows.stream().map(ExecMapping::exec).toList());
    }

    /** Locks the row: the step builds on its newest version, and commits with its events. */
    public Uni<Exec> change(String id, Function<Exec, Change> step) {
        return transactions.inTransaction(session -> session.find(ExecRow.class, id, LockModeType.PESSIMISTIC_WRITE)
                .chain(row -> write(session, known(row, id), step)));
    }

    private Uni<Exec> write(Mutiny.Session session, ExecRow row, Function<Exec, Change> step) {
        Change change = step.apply(ExecMapping.exec(row));
        ExecMapping.write(change.exec().state(), row);
        Uni<Void> done = session.flush();
        for (Event event : change.events()) {
            done = done.chain(() -> events.append(session, event));
        }
        return done.replaceWith(change.exec());
    }

    private static ExecRow known(@org.jspecify.annotations.Nullable ExecRow row, String id) {
        if (row == null) {
            throw Fault.notFound("No such exec instance: " + id);
        }
        return row;
    }
}
