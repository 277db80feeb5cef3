package io.caisson.metadata;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * How rows are deleted: by a statement of their own.
 *
 * <p>Hibernate Reactive 3.2 keeps the outcome of {@code session.remove} in a field that all sessions share per entity: of
 * two removals at a time one never ends, and its connection stays in its transaction. No service calls it.
 */
public final class Deletion {
    private Deletion() {}

    /** Deletes the row of {@code entity} within the session's transaction; gone already is fine. */
    public static Uni<Void> of(Mutiny.Session session, Object entity) {
        return statement(session, entity).invoke(() -> session.detach(entity));
    }

    /** The same without change tracking. */
    public static Uni<Void> of(Mutiny.StatelessSession session, Object entity) {
        return statement(session, entity);
    }

    /** One after the other. */
    public static Uni<Void> ofAll(Mutiny.Session session, Collection<?> entities) {
        return each(entities, entity -> of(session, entity));
    }

    /** One after the other, without change tracking. */
    public static Uni<Void> ofAll(Mutiny.StatelessSession session, Collection<?> entities) {
        return each(entities, entity -> of(session, entity));
    }

    private static <T> Uni<Void> each(Collection<T> entities, java.util.function.Function<T, Uni<Void>> deletion) {
        return Multi.createFrom()
                .iterable(entities)
                .onItem()
                .transformToUniAndConcatenate(entity -> deletion.apply(entity))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> statement(Mutiny.QueryProducer session, Object entity) {
        return session.createMutationQuery(
                        "delete from " + entity.getClass().getSimpleName() + " gone where gone = :gone")
                .setParameter("gone", entity)
                .executeUpdate()
                .replaceWithVoid();
    }
}
