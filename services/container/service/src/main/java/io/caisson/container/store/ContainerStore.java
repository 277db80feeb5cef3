package io.caisson.container.store;

import io.caisson.container.model.Container;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The containers in the database. A change locks its row, so that it builds on the newest version whoever else is at work,
 * and commits together with its events.
 */
@ApplicationScoped
public class ContainerStore {
    private final Transactions transactions;
    private final EventLog events;

    ContainerStore(Transactions transactions, EventLog events) {
        this.transactions = transactions;
        this.events = events;
    }

    /** CONFLICT in Docker's words when the name is taken. */
    public Uni<Container> insert(Container container, Event event) {
        return transactions
                .inTransaction(session -> session.persist(RowMapping.row(container))
                        .chain(session::flush)
                        .chain(() -> events.append(session, event))
                        .replaceWith(container))
                .onFailure(ContainerStore::isConflict)
                .recoverWithUni(error -> nameTaken(container.name(), error));
    }

    /** By full id, name (with or without a leading slash), or unambiguous id prefix. */
    public Uni<Container> find(String nameOrId) {
        return transactions.withSession(
                session -> ContainerRows.find(session, nameOrId).map(RowMapping::container));
    }

    public Uni<Optional<Container>> get(ContainerId id) {
        return transactions.withSession(session -> session.find(ContainerRow.class, id.value())
                .map(row -> Optional.ofNullable(row).map(RowMapping::container)));
    }

    public Uni<Optional<Container>> named(String name) {
        return transactions.withSession(session -> ContainerRows.named(session, name)
                .map(rows -> rows.stream().findFirst().map(RowMapping::container)));
    }

    /** Newest first. */
    public Uni<List<Container>> all() {
        return transactions.withSession(session -> ContainerRows.all(session)).map(ContainerStore::containers);
    }

    /** Those that run or are about to again, newest first. */
    public Uni<List<Container>> running() {
        return transactions
                .withSession(session -> ContainerRows.running(session))
                .map(ContainerStore::containers);
    }

    /** Empty when the container is gone. */
    public Uni<Optional<Container>> change(ContainerId id, Function<Container, Change> step) {
        return transactions.inTransaction(
                session -> session.find(ContainerRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE)
                        .chain(row -> row == null
                                ? Uni.createFrom().item(Optional.empty())
                                : write(session, row, step).map(Optional::of)));
    }

    private Uni<Container> write(Mutiny.Session session, ContainerRow row, Function<Container, Change> step) {
        Change change = step.apply(RowMapping.container(row));
        RowMapping.write(change.container(), row);
        return session.flush().chain(() -> append(session, change.events())).replaceWith(change.container());
    }

    /** The same for a change of name. */
    public Uni<Optional<Container>> rename(ContainerId id, String newName, Function<Container, Change> step) {
        return change(id, step)
                .onFailure(ContainerStore::isConflict)
                .recoverWithUni(error -> nameTaken(newName, error));
    }

    /** The row goes and its last event comes in one transaction. */
    public Uni<Boolean> delete(ContainerId id, Event event) {
        return transactions.inTransaction(session -> ContainerRows.delete(session, id.value())
                .chain(count -> count == 0
                        ? Uni.createFrom().item(false)
                        : events.append(session, event).replaceWith(true)));
    }

    /** Tells of something that changed no row. */
    public Uni<Void> tell(Event event) {
        return transactions.inTransaction(session -> events.append(session, event));
    }

    private Uni<Void> append(Mutiny.Session session, List<Event> list) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Event event : list) {
            done = done.chain(() -> events.append(session, event));
        }
        return done;
    }

    private <T> Uni<T> nameTaken(String name, Throwable error) {
        return named(name).map(holder -> {
            throw holder.<RuntimeException>map(c -> nameConflict(name, c.id())).orElseGet(() -> Fault.of(error));
        });
    }

    public static Fault nameConflict(String name, ContainerId holder) {
        return Fault.conflict("Conflict. The container name \"/" + name + "\" is already in use by container \""
                + holder + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.CONFLICT;
    }

    private static List<Container> containers(List<ContainerRow> rows) {
        return rows.stream().map(RowMapping::container).toList();
    }
}
