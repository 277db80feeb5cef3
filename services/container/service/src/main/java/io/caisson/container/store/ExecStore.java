package io.caisson.container.store;

import io.caisson.container.model.Exec;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.metadata.Statements;
import io.caisson.metadata.Transactions;
import io.caisson.metadata.VersionedRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Processes added to containers, in the database. They go with their container, and some minutes after their end. */
@ApplicationScoped
public class ExecStore {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final String SWEEP = "delete from container.exec where status = 'ended' and finished_at < $1";

    private final Transactions transactions;
    private final Statements statements;
    private final VersionedRows<Exec, ExecRow> rows;
    private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.EPOCH);

    ExecStore(Transactions transactions, Statements statements) {
        this.transactions = transactions;
        this.statements = statements;
        this.rows = new VersionedRows<>(transactions, statements, ExecRow.class, ExecMapping::exec, ExecMapping::row);
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

    /** Those that ended long ago are forgotten, from time to time. */
    public Uni<Exec> insert(Exec exec, Event event) {
        return sweep().chain(() -> rows.insert(exec, List.of(event)));
    }

    private Uni<Void> sweep() {
        Instant now = Instant.now();
        Instant due = nextSweep.get();
        if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plus(BETWEEN_SWEEPS))) {
            return Uni.createFrom().voidItem();
        }
        OffsetDateTime limit = now.minus(KEPT).atOffset(ZoneOffset.UTC);
        return statements.run(SWEEP, List.of(limit)).replaceWithVoid();
    }

    /** NOT_FOUND in Docker's words. */
    public Uni<Exec> find(String id) {
        return rows.get(id).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    private static Fault unknown(String id) {
        return Fault.notFound("No such exec instance: " + id);
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

    /** The step builds on the newest version, and is written with its events. */
    public Uni<Exec> change(String id, Function<Exec, Change> step) {
        return rows.change(id, exec -> {
                    Change change = step.apply(exec);
                    return new VersionedRows.Change<>(change.exec(), change.events());
                })
                .map(found -> found.orElseThrow(() -> unknown(id)));
    }
}
