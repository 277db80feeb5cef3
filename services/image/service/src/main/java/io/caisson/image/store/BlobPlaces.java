package io.caisson.image.store;

import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which repositories of a registry have a blob. A hint: the registry may have deleted it since. */
@ApplicationScoped
public class BlobPlaces {
    private static final String NOTE = """
            INSERT INTO image.blob_place (registry, repository, digest)
            SELECT :registry, :repository, unnest(string_to_array(:digests, ','))
                ON CONFLICT (registry, digest, repository) DO UPDATE SET seen = now()
            """;

    private static final String FIND = """
            SELECT digest || ' ' || repository FROM image.blob_place
             WHERE registry = :registry AND repository <> :repository
               AND digest = ANY (string_to_array(:digests, ','))
             ORDER BY seen DESC LIMIT 1000
            """;

    private static final String FORGET = "DELETE FROM image.blob_place WHERE seen < now() - interval '180 days'";

    public Uni<Integer> note(Mutiny.StatelessSession session, Reference repository, Collection<Digest> blobs) {
        return session.createNativeQuery(NOTE)
                .setParameter("registry", repository.domain())
                .setParameter("repository", repository.path())
                .setParameter("digests", joined(blobs))
                .executeUpdate()
                .chain(() -> session.createNativeQuery(FORGET).executeUpdate());
    }

    /** Other repositories of the same registry, by blob, the latest seen first. */
    public Uni<Map<Digest, List<String>>> elsewhere(
            Mutiny.StatelessSession session, Reference repository, Collection<Digest> blobs) {
        return session.createNativeQuery(FIND, String.class)
                .setParameter("registry", repository.domain())
                .setParameter("repository", repository.path())
                .setParameter("digests", joined(blobs))
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> row.split(" ", 2))
                        .collect(Collectors.groupingBy(
                                row -> Digest.parse(row[0]), Collectors.mapping(row -> row[1], Collectors.toList()))));
    }

    private static String joined(Collection<Digest> blobs) {
        return blobs.stream().map(Digest::toString).distinct().collect(Collectors.joining(","));
    }
}
