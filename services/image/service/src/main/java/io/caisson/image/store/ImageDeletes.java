package io.caisson.image.store;

import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes away images and names, in the caller's transaction. */
@ApplicationScoped
public class ImageDeletes {
    private static final String UNNAME = """
            DELETE FROM image.name
             WHERE node = :node AND repository = :repository AND reference = :reference AND image = :image
            """;

    private static final String FORGET_MANIFESTS = """
            DELETE FROM image.manifest m
             WHERE m.digest = ANY (string_to_array(:digests, ','))
               AND NOT EXISTS (SELECT 1 FROM image.image i WHERE i.manifest = m.digest)
               AND NOT EXISTS (SELECT 1 FROM image.name n WHERE n.reference = m.digest)
            """;

    /** Nobody else changes the image until the transaction ends; answers 0 when it is gone. */
    public Uni<Integer> lock(Mutiny.StatelessSession session, StoredImage image) {
        return session.createNativeQuery("SELECT key FROM image.image WHERE key = :key FOR UPDATE", Long.class)
                .setParameter("key", image.key())
                .getResultList()
                .map(List::size);
    }

    public Uni<Integer> unname(Mutiny.StatelessSession session, StoredImage image, ImageName name) {
        return session.createNativeQuery(UNNAME)
                .setParameter("node", image.node().value())
                .setParameter("repository", name.repository())
                .setParameter("reference", name.reference())
                .setParameter("image", image.key())
                .executeUpdate();
    }

    /** With its manifests, where no other image needs them. Its names are gone already. */
    public Uni<Integer> delete(Mutiny.StatelessSession session, StoredImage image) {
        return session.createNativeQuery("DELETE FROM image.image WHERE key = :key")
                .setParameter("key", image.key())
                .executeUpdate()
                .chain(() -> forgetManifests(session, image));
    }

    private static Uni<Integer> forgetManifests(Mutiny.StatelessSession session, StoredImage image) {
        List<String> digests = new ArrayList<>();
        Digest manifest = image.manifest();
        if (manifest != null) {
            digests.add(manifest.toString());
        }
        image.digests().forEach(name -> digests.add(name.reference()));
        return session.createNativeQuery(FORGET_MANIFESTS)
                .setParameter("digests", digests.stream().collect(Collectors.joining(",")))
                .executeUpdate();
    }
}
