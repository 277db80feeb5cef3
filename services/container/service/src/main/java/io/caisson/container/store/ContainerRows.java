package io.caisson.container.store;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries for containers. */
final class ContainerRows {
    private ContainerRows() {}

    static Uni<List<ContainerRow>> all(Mutiny.Session session) {
        return session.createQuery("from ContainerRow order by created desc, id", ContainerRow.class)
                .getResultList();
    }

    static Uni<List<ContainerRow>> running(Mutiny.Session session) {
        return session.createQuery(
                        "from ContainerRow where status in ('running', 'paused', 'restarting')"
                                + " order by created desc, id",
                        ContainerRow.class)
                .getResultList();
    }

    static Uni<List<ContainerRow>> named(Mutiny.Session session, String name) {
        return session.createQuery("from ContainerRow where name = :name", ContainerRow.class)
                .setParameter("name", name)
                .getResultList();
    }

    static Uni<ContainerRow> find(Mutiny.Session session, String nameOrId) {
        String text = nameOrId.startsWith("/") ? nameOrId.substring(1) : nameOrId;
        return session.createQuery(
                        "from ContainerRow where id = :text or name = :text or id like :prefix", ContainerRow.class)
                .setParameter("text", text)
                .setParameter("prefix", prefixOf(text))
                .setMaxResults(100)
                .getResultList()
                .map(rows -> pick(rows, text, nameOrId));
    }

    static Uni<Integer> delete(Mutiny.Session session, String id) {
        return session.createMutationQuery("delete from ContainerRow where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    private static String prefixOf(String text) {
        return text.matches("[0-9a-fA-F]{1,64}") ? text.toLowerCase(Locale.ROOT) + "%" : "";
    }

    private static ContainerRow pick(List<ContainerRow> rows, String text, String asked) {
        return rows.stream()
                .filter(row -> row.id.equals(text))
                .findFirst()
                .or(() -> rows.stream().filter(row -> row.name.equals(text)).findFirst())
                .orElseGet(() -> only(rows, asked));
    }

    private static ContainerRow only(List<ContainerRow> rows, String asked) {
        if (rows.isEmpty()) {
            throw Fault.notFound("No such container: " + asked);
        }
        if (rows.size() > 1) {
            throw Fault.invalid("multiple IDs found with provided prefix: " + asked);
        }
        return rows.getFirst();
    }
}
