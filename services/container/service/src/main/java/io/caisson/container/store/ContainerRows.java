package io.caisson.container.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
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
}
