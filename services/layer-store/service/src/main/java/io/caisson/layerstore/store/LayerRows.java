package io.caisson.layerstore.store;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries for layers, all of one node. */
public final class LayerRows {
    private static final String OF_DIFF_IDS = "from LayerRow where node = :node and diffId in :diffIds order by diffId";

    private LayerRows() {}

    public static Uni<List<LayerRow>> all(Mutiny.Session session, String node) {
        return session.createQuery("from LayerRow where node = :node", LayerRow.class)
                .setParameter("node", node)
                .getResultList();
    }

    /** Those that there are, in no useful order. */
    public static Uni<List<LayerRow>> find(Mutiny.Session session, String node, Collection<String> diffIds) {
        return query(session, node, diffIds, LockModeType.NONE);
    }

    /** The same, and nobody removes them until the transaction ends. */
    public static Uni<List<LayerRow>> share(Mutiny.Session session, String node, Collection<String> diffIds) {
        return query(session, node, diffIds, LockModeType.PESSIMISTIC_READ);
    }

    /** The same, and nobody puts a snapshot on them until the transaction ends. */
    public static Uni<List<LayerRow>> lock(Mutiny.Session session, String node, Collection<String> diffIds) {
        return query(session, node, diffIds, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Uni<List<LayerRow>> query(
            Mutiny.Session session, String node, Collection<String> diffIds, LockModeType lock) {
        if (diffIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return session.createQuery(OF_DIFF_IDS, LayerRow.class)
                .setParameter("node", node)
                .setParameter("diffIds", diffIds)
                .setLockMode(lock)
                .getResultList();
    }
}
