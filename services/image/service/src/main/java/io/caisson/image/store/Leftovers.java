package io.caisson.image.store;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Layers that are on a node, or were about to be, perhaps without an image that needs them. */
@ApplicationScoped
public class Leftovers {
    private static final String NOTE = """
            INSERT INTO image.leftover (node, diff_id) SELECT :node, unnest(string_to_array(:diffIds, ','))
                ON CONFLICT (node, diff_id) DO UPDATE SET since = now()
            """;

    private static final String FORGET = """
            DELETE FROM image.leftover WHERE node = :node AND diff_id = ANY (string_to_array(:diffIds, ','))
            """;

    private static final String UNUSED = """
            SELECT given FROM unnest(string_to_array(:diffIds, ',')) AS given
             WHERE NOT EXISTS (SELECT 1 FROM image.image WHERE node = :node AND diff_ids @> ARRAY[given])
            """;

    private static final String OLD = """
            SELECT node || ' ' || diff_id FROM image.leftover
             WHERE since < now() - make_interval(secs => CAST(:seconds AS bigint)) LIMIT 1000
            """;

    /** A layer of a node. */
    public record Leftover(NodeId node, Digest diffId) {}

    public Uni<Integer> note(Mutiny.StatelessSession session, NodeId node, Collection<Digest> diffIds) {
        return session.createNativeQuery(NOTE)
                .setParameter("node", node.value())
                .setParameter("diffIds", joined(diffIds))
                .executeUpdate();
    }

    public Uni<Integer> forget(Mutiny.StatelessSession session, NodeId node, Collection<Digest> diffIds) {
        return session.createNativeQuery(FORGET)
                .setParameter("node", node.value())
                .setParameter("diffIds", joined(diffIds))
                .executeUpdate();
    }

    /** Those of {@code diffIds} that no image of the node has. */
    public Uni<List<Digest>> unused(Mutiny.StatelessSession session, NodeId node, Collection<Digest> diffIds) {
        return session.createNativeQuery(UNUSED, String.class)
                .setParameter("node", node.value())
                .setParameter("diffIds", joined(diffIds))
                .getResultList()
                .map(texts -> texts.stream().map(Digest::parse).toList());
    }

    /** What was noted longer ago than {@code age}; at most 1000. */
    public Uni<List<Leftover>> olderThan(Mutiny.StatelessSession session, Duration age) {
        return session.createNativeQuery(OLD, String.class)
                .setParameter("seconds", age.toSeconds())
                .getResultList()
                .map(texts -> texts.stream().map(Leftovers::parse).toList());
    }

    private static Leftover parse(String text) {
        int space = text.lastIndexOf(' ');
        return new Leftover(new NodeId(text.substring(0, space)), Digest.parse(text.substring(space + 1)));
    }

    private static String joined(Collection<Digest> diffIds) {
        return diffIds.stream().map(Digest::toString).collect(Collectors.joining(","));
    }
}
