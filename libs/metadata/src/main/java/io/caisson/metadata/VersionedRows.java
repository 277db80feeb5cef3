package io.caisson.metadata;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows with a text id and a version, as values of a model. A change is one statement that names the version it builds on, so
 * that it never overwrites what somebody else wrote, and that writes its events too.
 *
 * <p>What this process last read or wrote is remembered, to spare loading and parsing large documents that did not change.
 * It is only a guess: nothing is answered or written before the database has confirmed that the version is still the newest.
 *
 * @param <M> the model: a value with an {@code equals} that compares contents
 * @param <R> the entity, as {@link RowShape} wants it
 */
public final class VersionedRows<M, R> {
    private static final int ATTEMPTS = 10;
    private static final int PAGE = 256;

    private final Transactions transactions;
    private final Statements statements;
    private final Class<R> type;
    private final RowShape<R> shape;
    private final Function<R, M> model;
    private final Function<M, R> row;
    private final String newest;
    private final String loadAll;
    private final Recent<Known<M, R>> recent = new Recent<>();

    /**
     * @param model what a row says
     * @param row a new row for a model, with any version; {@code model} of it is what a later reader sees
     */
    public VersionedRows(
            Transactions transactions, Statements statements, Class<R> type, Function<R, M> model, Function<M, R> row) {
        this.transactions = transactions;
        this.statements = statements;
        this.type = type;
        this.shape = RowShape.of(type);
        this.model = model;
        this.row = row;
        this.newest = shape.selectVersion();
        this.loadAll = "from " + type.getName() + " where id in :ids";
    }

    /** A model, as it was in the database at its row's version. */
    private record Known<M, R>(M model, R row) {}

    /** A new version, and what to tell of it: written together or not at all. */
    public record Change<M>(M value, List<Event> events) {
        public Change {
            events = List.copyOf(events);
        }
    }

    /** CONFLICT when a constraint is violated. */
    public Uni<M> insert(M value, List<Event> events) {
        R fresh = row.apply(value);
        return statements
                .insert(shape, fresh, events)
                .invoke(() -> remember(fresh))
                .replaceWith(value);
    }

    public Uni<Optional<M>> get(String id) {
        return version(id).chain(version -> version.map(number -> get(id, number))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /** For who knows already which version is the newest: loads only when it is not the one that is remembered. */
    public Uni<Optional<M>> get(String id, long version) {
        Optional<Known<M, R>> guess = recent.get(id).filter(known -> shape.version(known.row()) == version);
        return guess.isPresent()
                ? Uni.createFrom().item(guess.map(Known::model))
                : load(id).map(loaded -> loaded.map(Known::model));
    }

    /**
     * What {@code sql} finds, in its order; it answers an id and a version per row. Loads page by page what is not
     * remembered; a row that goes meanwhile is left out.
     */
    public Uni<List<M>> list(String sql) {
        return list(sql, List.of());
    }

    /** The same with values for {@code $1} and so on. */
    public Uni<List<M>> list(String sql, List<Object> values) {
        return statements.run(sql, values).chain(found -> {
            List<String> ids = new ArrayList<>();
            Map<String, M> models = new HashMap<>();
            for (Row one : found) {
                String id = one.getString(0);
                ids.add(id);
                recent.get(id)
                        .filter(known -> shape.version(known.row()) == one.getLong(1))
                        .ifPresent(known -> models.put(id, known.model()));
            }
            return complete(ids, models)
                    .map(all ->
                            ids.stream().map(all::get).filter(Objects::nonNull).toList());
        });
    }

    private Uni<Map<String, M>> complete(List<String> ids, Map<String, M> models) {
        List<String> others = ids.stream().filter(id -> !models.containsKey(id)).toList();
        return Multi.createFrom()
                .iterable(others)
                .group()
                .intoLists()
                .of(PAGE)
                .onItem()
                .transformToUniAndConcatenate(this::loadAll)
                .invoke(models::putAll)
                .collect()
                .last()
                .replaceWith(models);
    }

    private Uni<Map<String, M>> loadAll(List<String> ids) {
        return transactions
                .withSession(session -> session.createQuery(loadAll, type)
                        .setParameter("ids", ids)
                        .getResultList())
                .map(read -> {
                    Map<String, M> page = new HashMap<>();
                    for (R one : read) {
                        var known = new Known<>(model.apply(one), one);
                        recent.putIfRoom(shape.id(one), known);
                        page.put(shape.id(one), known.model());
                    }
                    return page;
                });
    }

    /**
     * Empty when the row is gone. The step may be asked more than once, when it built on a version that was no longer the
     * newest; what it throws is the answer only when it was.
     */
    public Uni<Optional<M>> change(String id, Function<M, Change<M>> step) {
        return recent.get(id)
                .map(guess -> attempt(id, guess, step)
                        .chain(done -> done.isPresent() ? item(done) : onNewest(id, step, ATTEMPTS)))
                .orElseGet(() -> onNewest(id, step, ATTEMPTS));
    }

    /** False when there was none. */
    public Uni<Boolean> delete(String id, List<Event> events) {
        return statements.delete(shape, id, events).invoke(() -> recent.forget(id));
    }

    /** Again and again, until nobody came in between. */
    private Uni<Optional<M>> onNewest(String id, Function<M, Change<M>> step, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom().failure(Fault.conflict(id + " is being changed by too many at once"));
        }
        return load(id).chain(loaded -> loaded.map(newest -> attempt(id, newest, step)
                        .chain(done -> done.isPresent() ? item(done) : onNewest(id, step, attempts - 1)))
                .orElseGet(() -> item(Optional.empty())));
    }

    /** Empty when {@code base} was not the newest version. */
    private Uni<Optional<M>> attempt(String id, Known<M, R> base, Function<M, Change<M>> step) {
        Change<M> change;
        try {
            change = step.apply(base.model());
        } catch (RuntimeException refusal) {
            return ifNewest(id, base, Uni.createFrom().failure(refusal));
        }
        if (change.events().isEmpty() && change.value().equals(base.model())) {
            return ifNewest(id, base, item(Optional.of(change.value())));
        }
        return write(id, base, change);
    }

    private Uni<Optional<M>> write(String id, Known<M, R> base, Change<M> change) {
        R next = row.apply(change.value());
        shape.setVersion(next, shape.version(base.row()) + 1);
        recent.forget(id);
        return statements.update(shape, base.row(), next, change.events()).map(written -> {
            if (!written) {
                return Optional.empty();
            }
            remember(next);
            return Optional.of(change.value());
        });
    }

    private Uni<Optional<M>> ifNewest(String id, Known<M, R> base, Uni<Optional<M>> answer) {
        return version(id)
                .chain(version -> version.isPresent() && version.get() == shape.version(base.row())
                        ? answer
                        : item(Optional.empty()));
    }

    private Uni<Optional<Long>> version(String id) {
        return statements.run(newest, List.of(id)).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? Optional.of(found.next().getLong(0)) : Optional.empty();
        });
    }

    private Uni<Optional<Known<M, R>>> load(String id) {
        return transactions
                .withSession(session -> session.find(type, id))
                .map(found -> Optional.ofNullable(found).map(this::remember))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        recent.forget(id);
                    }
                });
    }

    private Known<M, R> remember(R read) {
        var known = new Known<>(model.apply(read), read);
        recent.put(shape.id(read), known);
        return known;
    }

    private static <T> Uni<Optional<T>> item(Optional<T> item) {
        return Uni.createFrom().item(item);
    }
}
