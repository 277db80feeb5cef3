package io.caisson.image.store;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Looks for images; each method runs in the caller's session. */
@ApplicationScoped
public class ImageReads {
    private static final Comparator<ImageName> ORDER =
            Comparator.comparing(ImageName::repository).thenComparing(ImageName::reference);

    public Uni<List<StoredImage>> all(Mutiny.StatelessSession session) {
        return session.createQuery("from ImageRow order by created desc, key desc", ImageRow.class)
                .getResultList()
                .chain(images -> session.createQuery("from NameRow", NameRow.class)
                        .getResultList()
                        .map(names -> join(images, names)));
    }

    /** On every node that knows the name. */
    public Uni<List<StoredImage>> named(Mutiny.StatelessSession session, ImageName name) {
        return session.createQuery(
                        "from ImageRow i where i.key in (select n.image from NameRow n where n.repository = :repository"
                                + " and n.reference = :reference)",
                        ImageRow.class)
                .setParameter("repository", name.repository())
                .setParameter("reference", name.reference())
                .getResultList()
                .chain(images -> withNames(session, images));
    }

    /** All images of a node with a tag in the repository. */
    public Uni<List<StoredImage>> inRepository(Mutiny.StatelessSession session, NodeId node, String repository) {
        return session.createQuery(
                        "from ImageRow i where i.node = :node and i.key in (select n.image from NameRow n where"
                                + " n.repository = :repository) order by created desc, key desc",
                        ImageRow.class)
                .setParameter("node", node.value())
                .setParameter("repository", repository)
                .getResultList()
                .chain(images -> withNames(session, images));
    }

    /** Whose id begins with {@code prefix} ({@code sha256:…}, checked by the caller); more than one id is ambiguous. */
    public Uni<List<StoredImage>> byIdPrefix(Mutiny.StatelessSession session, String prefix) {
        return session.createQuery("from ImageRow where id like :prefix", ImageRow.class)
                .setParameter("prefix", prefix + "%")
                .setMaxResults(32)
                .getResultList()
                .chain(images -> withNames(session, images));
    }

    public Uni<Optional<StoredImage>> byId(Mutiny.StatelessSession session, NodeId node, Digest id) {
        return session.createQuery("from ImageRow where node = :node and id = :id", ImageRow.class)
                .setParameter("node", node.value())
                .setParameter("id", id.toString())
                .getResultList()
                .chain(images -> withNames(session, images))
                .map(images -> images.stream().findFirst());
    }

    /** The bytes of a manifest that was kept. */
    public Uni<Optional<StoredManifest>> manifest(Mutiny.StatelessSession session, Digest digest) {
        return session.createQuery("from ManifestRow where digest = :digest", ManifestRow.class)
                .setParameter("digest", digest.toString())
                .getResultList()
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new StoredManifest(Digest.parse(row.digest), row.mediaType, row.content)));
    }

    private static Uni<List<StoredImage>> withNames(Mutiny.StatelessSession session, List<ImageRow> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return session.createQuery("from NameRow where image in :keys", NameRow.class)
                .setParameter("keys", images.stream().map(row -> row.key).toList())
                .getResultList()
                .map(names -> join(images, names));
    }

    private static List<StoredImage> join(List<ImageRow> images, List<NameRow> names) {
        Map<Long, List<ImageName>> byImage = names.stream()
                .collect(Collectors.groupingBy(
                        row -> row.image,
                        Collectors.mapping(row -> new ImageName(row.repository, row.reference), Collectors.toList())));
        return images.stream()
                .map(row -> stored(row, byImage.getOrDefault(keyOf(row), List.of())))
                .toList();
    }

    private static long keyOf(ImageRow row) {
        Long key = row.key;
        if (key == null) {
            throw new IllegalStateException("a row that was read has a key");
        }
        return key;
    }

    private static StoredImage stored(ImageRow row, List<ImageName> names) {
        return new StoredImage(
                keyOf(row),
                new NodeId(row.node),
                Digest.parse(row.id),
                row.manifest == null ? null : Digest.parse(row.manifest),
                row.config,
                row.layers.layers(),
                names.stream().sorted(ORDER).toList(),
                row.size,
                row.created,
                row.lastTagged);
    }
}
