package io.caisson.image;

import io.caisson.image.api.PushImage;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.StoredImage;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What a push means: one tag, or all that its repository has on the node. */
@ApplicationScoped
class PushSelection {
    private final Transactions transactions;
    private final ImageReads reads;

    PushSelection(Transactions transactions, ImageReads reads) {
        this.transactions = transactions;
        this.reads = reads;
    }

    /** @param manifest the one that the image came with */
    record Chosen(
            StoredImage image, ImageName name, @Nullable StoredManifest manifest) {}

    /** In order of their tags; NOT_FOUND when there is none. */
    Uni<List<Chosen>> choose(PushImage command) {
        Reference reference = command.reference();
        if (reference.digest() != null) {
            return Uni.createFrom().failure(Fault.invalid("cannot push a digest reference"));
        }
        return transactions.withStatelessSession(
                session -> reads.inRepository(session, command.node(), reference.repository())
                        .map(images -> tagged(images, reference))
                        .chain(chosen -> Multi.createFrom()
                                .iterable(chosen)
                                .onItem()
                                .transformToUniAndConcatenate(one -> withManifest(session, one))
                                .collect()
                                .asList()));
    }

    static List<Chosen> tagged(List<StoredImage> images, Reference reference) {
        List<Chosen> all = images.stream()
                .flatMap(image -> image.tags().stream().map(name -> new Chosen(image, name, null)))
                .filter(chosen -> chosen.name().repository().equals(reference.repository()))
                .sorted(Comparator.comparing(chosen -> chosen.name().reference()))
                .toList();
        if (all.isEmpty()) {
            throw Fault.notFound("An image does not exist locally with the tag: " + reference.familiarName());
        }
        if (reference.tag() == null) {
            return all;
        }
        List<Chosen> one = all.stream()
                .filter(chosen -> chosen.name().reference().equals(reference.tag()))
                .toList();
        if (one.isEmpty()) {
            throw Fault.notFound("tag does not exist: " + reference.familiar());
        }
        return one;
    }

    private Uni<Chosen> withManifest(Mutiny.StatelessSession session, Chosen chosen) {
        Digest manifest = chosen.image().manifest();
        Uni<Optional<StoredManifest>> found =
                manifest == null ? Uni.createFrom().item(Optional.empty()) : reads.manifest(session, manifest);
        return found.map(kept -> new Chosen(chosen.image(), chosen.name(), kept.orElse(null)));
    }
}
