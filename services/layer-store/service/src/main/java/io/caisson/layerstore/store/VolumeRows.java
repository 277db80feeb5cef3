package io.caisson.layerstore.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Queries for volumes, all of one node. */
public final class VolumeRows {
    private VolumeRows() {}

    public static Uni<List<VolumeRow>> all(Mutiny.Session session, String node) {
        return session.createQuery("from VolumeRow where node = :node order by name", VolumeRow.class)
                .setParameter("node", node)
                .getResultList();
    }

    /** Null where there is none. */
    public static Uni<@Nullable VolumeRow> find(Mutiny.Session session, String node, String name) {
        return session.createQuery("from VolumeRow where node = :node and name = :name", VolumeRow.class)
                .setParameter("node", node)
                .setParameter("name", name)
                .getSingleResultOrNull();
    }
}
