package io.caisson.image.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.LayerInfos;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Remembers images and names, in the caller's transaction. All writes may be repeated, and may meet others' of the same. */
@ApplicationScoped
public class ImageWrites {
    private static final Instant FIRST =
            OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();
    private static final Instant LAST =
            OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();

    private static final String KEEP_MANIFEST = """
            INSERT INTO image.manifest (digest, media_type, content) VALUES (:digest, :type, :content)
                ON CONFLICT (digest) DO NOTHING
            """;

    private static final String KEEP_IMAGE = """
            INSERT INTO image.image AS known (node, id, manifest, config, layers, diff_ids, size, created)
            VALUES (:node, :id, NULLIF(:manifest, ''), :config, CAST(CAST(:layers AS text) AS jsonb),
                    string_to_array(:diffIds, ','), :size, CAST(CAST(:created AS text) AS timestamptz))
                ON CONFLICT (node, id) DO UPDATE
                   SET manifest = COALESCE(EXCLUDED.manifest, known.manifest),
                       layers = EXCLUDED.layers, size = EXCLUDED.size
            """;

    private static final String NAME = """
            INSERT INTO image.name AS known (node, repository, reference, image)
            SELECT :node, :repository, :reference, key FROM image.image WHERE node = :node AND id = :id
                ON CONFLICT (node, repository, reference) DO UPDATE SET image = EXCLUDED.image
            """;

    /** Byte for byte. */
    public Uni<Integer> keepManifest(Mutiny.StatelessSession session, StoredManifest manifest) {
        return session.createNativeQuery(KEEP_MANIFEST)
                .setParameter("digest", manifest.digest().toString())
                .setParameter("type", manifest.mediaType())
                .setParameter("content", manifest.content())
                .executeUpdate();
    }

    /** The manifest, if there is one, must have been kept before. */
    public Uni<Integer> keepImage(Mutiny.StatelessSession session, NewImage image) {
        Digest manifest = image.manifest();
        return session.createNativeQuery(KEEP_IMAGE)
                .setParameter("node", image.node().value())
                .setParameter("id", image.id().toString())
                .setParameter("manifest", manifest == null ? "" : manifest.toString())
                .setParameter("config", image.config())
                .setParameter("layers", json(new LayerInfos(image.layers())))
                .setParameter(
                        "diffIds",
                        image.layers().stream()
                                .map(layer -> layer.diffId().toString())
                                .collect(Collectors.joining(",")))
                .setParameter("size", image.size())
                .setParameter("created", bounded(image.created()).toString())
                .executeUpdate();
    }

    /** Lets a name point at an image of the node, wherever it pointed before. */
    public Uni<Integer> name(Mutiny.StatelessSession session, String node, Digest image, ImageName name) {
        return session.createNativeQuery(NAME)
                .setParameter("node", node)
                .setParameter("id", image.toString())
                .setParameter("repository", name.repository())
                .setParameter("reference", name.reference())
                .executeUpdate();
    }

    public Uni<Integer> touch(Mutiny.StatelessSession session, String node, Digest image) {
        return session.createNativeQuery("UPDATE image.image SET last_tagged = now() WHERE node = :node AND id = :id")
                .setParameter("node", node)
                .setParameter("id", image.toString())
                .executeUpdate();
    }

    private static Instant bounded(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    private static String json(Object value) {
        try {
            return WireJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw Fault.internal("cannot write layers", e);
        }
    }
}
