package io.caisson.container.store;

import io.caisson.container.model.Container;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.metadata.Statements;
import io.caisson.metadata.Transactions;
import io.caisson.metadata.VersionedRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The containers in the database; see {@link VersionedRows} for how they change. */
@ApplicationScoped
public class ContainerStore {
    private final Statements statements;
    private final VersionedRows<Container, ContainerRow> rows;

    ContainerStore(Transactions transactions, Statements statements) {
        this.statements = statements;
        this.rows = new VersionedRows<>(
                transactions, statements, ContainerRow.class, RowMapping::container, RowMapping::row);
    }

    /** CONFLICT in Docker's words when the name is taken. */
    public Uni<Container> insert(Container container, Event event) {
        return rows.insert(container, List.of(event))
                .onFailure(ContainerStore::isConflict)
                .recoverWithUni(error -> nameTaken(container.name(), error));
    }

    /** By full id, name (with or without a leading slash), or unambiguous id prefix. */
    public Uni<Container> find(String nameOrId) {
        return ContainerLookup.find(statements, nameOrId)
                .chain(found -> rows.get(found.id(), found.version()))
                .map(found -> found.orElseThrow(() -> Fault.notFound("No such container: " + nameOrId)));
    }

    public Uni<Optional<Container>> get(ContainerId id) {
        return rows.get(id.value());
    }

    /** Whose name it is. */
    public Uni<Optional<ContainerId>> holder(String name) {
        return ContainerLookup.holder(statements, name);
    }

    /** Newest first. */
    public Uni<List<Container>> all() {
        return rows.list(ContainerLookup.ALL);
    }

    /** Those that run or are about to again, newest first. */
    public Uni<List<Container>> running() {
        return rows.list(ContainerLookup.RUNNING);
    }

    /** Newest first. */
    public Uni<List<Container>> on(NodeId node) {
        return rows.list(ContainerLookup.OF_NODE, List.of(node.value()));
    }

    /** A node's that run, begin, end, or are to go when they have ended: all but those that wait for a user. */
    public Uni<List<Container>> unsettled(NodeId node) {
        return rows.list(ContainerLookup.UNSETTLED, List.of(node.value()));
    }

    public Uni<Set<ContainerId>> ids() {
        return ids(ContainerLookup.IDS, List.of());
    }

    /** Those that run, begin, or are about to again. */
    public Uni<Set<ContainerId>> active() {
        return ids(ContainerLookup.ACTIVE_IDS, List.of());
    }

    /** Those that have a volume, by its name. */
    public Uni<Set<ContainerId>> usersOf(String volume) {
        return ids(ContainerLookup.USERS, List.of(volume));
    }

    /** Those that have containers. */
    public Uni<Set<NodeId>> nodes() {
        return first(ContainerLookup.NODES, List.of(), NodeId::new);
    }

    /** Empty when the container is gone. The step may be asked more than once, each time with a newer version. */
    public Uni<Optional<Container>> change(ContainerId id, Function<Container, Change> step) {
        return rows.change(id.value(), container -> {
            Change change = step.apply(container);
            return new VersionedRows.Change<>(change.container(), change.events());
        });
    }

    /** The same for a change of name. */
    public Uni<Optional<Container>> rename(ContainerId id, String newName, Function<Container, Change> step) {
        return change(id, step)
                .onFailure(ContainerStore::isConflict)
                .recoverWithUni(error -> nameTaken(newName, error));
    }

    /** The row goes and its last event comes in one transaction. */
    public Uni<Boolean> delete(ContainerId id, Event event) {
        return rows.delete(id.value(), List.of(event));
    }

    /** Tells of something that changed no row. */
    public Uni<Void> tell(Event event) {
        return statements.tell(event);
    }

    private Uni<Set<ContainerId>> ids(String sql, List<Object> values) {
        return first(sql, values, ContainerId::new);
    }

    /** Of each row the first column. */
    private <T> Uni<Set<T>> first(String sql, List<Object> values, Function<String, T> read) {
        return statements.run(sql, values).map(rows -> {
            Set<T> all = new HashSet<>();
            rows.forEach(row -> all.add(read.apply(row.getString(0))));
            return all;
        });
    }

    private <T> Uni<T> nameTaken(String name, Throwable error) {
        return holder(name).map(holder -> {
            throw holder.<RuntimeException>map(id -> nameConflict(name, id)).orElseGet(() -> Fault.of(error));
        });
    }

    public static Fault nameConflict(String name, ContainerId holder) {
        return Fault.conflict("Conflict. The container name \"/" + name + "\" is already in use by container \""
                + holder + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.CONFLICT;
    }
}
