package io.caisson.image;

import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a user means: a name first, then an id or the beginning of one. Where several nodes have it, this process's own
 * node comes first.
 */
@ApplicationScoped
class ImageFinder {
    private final ImageReads reads;
    private final NodeId home;

    ImageFinder(ImageReads reads, @ConfigProperty(name = "caisson.node", defaultValue = "local") String home) {
        this.reads = reads;
        this.home = new NodeId(home);
    }

    /**
     * An image, and what it was found by.
     *
     * @param name null when it was found by its id
     */
    record Found(StoredImage image, @Nullable ImageName name) {}

    /** NOT_FOUND {@code No such image: x:tag}. */
    Uni<Found> find(Mutiny.StatelessSession session, String nameOrId) {
        return find(session, nameOrId, null);
    }

    /** On {@code node} alone, if it is given. */
    Uni<Found> find(Mutiny.StatelessSession session, String nameOrId, @Nullable NodeId node) {
        Optional<ImageName> name = nameIn(nameOrId);
        Uni<List<StoredImage>> named =
                name.isEmpty() ? Uni.createFrom().item(List.of()) : reads.named(session, name.get());
        return named.map(images -> nearest(images, node).map(image -> new Found(image, name.orElse(null))))
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : byId(session, nameOrId, node).map(image -> image.map(i -> new Found(i, null))))
                .map(found -> found.orElseThrow(() -> noSuchImage(nameOrId)));
    }

    private Uni<Optional<StoredImage>> byId(Mutiny.StatelessSession session, String text, @Nullable NodeId node) {
        String lower = text.toLowerCase(Locale.ROOT);
        String hex = lower.startsWith("sha256:") ? lower.substring("sha256:".length()) : lower;
        if (!hex.matches("[a-f0-9]{1,64}")) {
            return Uni.createFrom().item(Optional.empty());
        }
        return reads.byIdPrefix(session, "sha256:" + hex)
                .map(images -> isOneId(images) ? nearest(images, node) : Optional.empty());
    }

    private static boolean isOneId(List<StoredImage> images) {
        return images.stream().map(StoredImage::id).distinct().count() == 1;
    }

    private Optional<StoredImage> nearest(List<StoredImage> images, @Nullable NodeId node) {
        return images.stream()
                .filter(image -> node == null || image.node().equals(node))
                .min(Comparator.comparing((StoredImage image) -> !image.node().equals(home))
                        .thenComparing(image -> image.node().value()));
    }

    private static Optional<ImageName> nameIn(String text) {
        try {
            return Digest.isDigest(text) ? Optional.empty() : Optional.of(ImageName.of(Reference.parse(text)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static Fault noSuchImage(String nameOrId) {
        String shown = nameIn(nameOrId).map(ImageName::familiar).orElse(nameOrId);
        return Fault.notFound("No such image: " + shown);
    }
}
