package io.caisson.layerstore.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Queries for snapshots, all of one node. */
public final class SnapshotRows {
    private SnapshotRows() {}

    public static Uni<List<SnapshotRow>> all(Mutiny.Session session, String node) {
        return session.createQuery("from SnapshotRow where node = :node", SnapshotRow.class)
                .setParameter("node", node)
                .getResultList();
    }

    /** Null where there is none. */
    public static Uni<@Nullable SnapshotRow> find(Mutiny.Session session, String node, String name) {
        return session.createQuery("from SnapshotRow where node = :node and name = :name", SnapshotRow.class)
                .setParameter("node", node)
                .setParameter("name", name)
                .getSingleResultOrNull();
    }

    /** The diffIds that some snapshot stands on. */
    public static Uni<Set<String>> used(Mutiny.Session session, String node) {
        return session.createNativeQuery(
                        "SELECT DISTINCT jsonb_array_elements_text(layers->'diffIds') FROM layer_store.snapshot WHERE node = :node",
                        String.class)
                .setParameter("node", node)
                .getResultList()
                .map(diffIds -> diffIds.stream().collect(Collectors.toUnmodifiableSet()));
    }
}
