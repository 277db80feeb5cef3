package io.caisson.image;

import io.caisson.image.api.PullProgress;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.store.BlobPlaces;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.ImageWrites;
import io.caisson.image.store.Leftovers;
import io.caisson.image.store.NewImage;
import io.caisson.image.store.StoredImage;
import io.caisson.image.store.StoredManifest;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The end of a pull: everything is on the node, now it gets its name, and the event, in one transaction. */
@ApplicationScoped
class PullRecording {
    private final Transactions transactions;
    private final ImageReads reads;
    private final ImageWrites writes;
    private final Leftovers leftovers;
    private final BlobPlaces places;
    private final EventLog events;

    PullRecording(
            Transactions transactions,
            ImageReads reads,
            ImageWrites writes,
            Leftovers leftovers,
            BlobPlaces places,
            EventLog events) {
        this.transactions = transactions;
        this.reads = reads;
        this.writes = writes;
        this.leftovers = leftovers;
        this.places = places;
        this.events = events;
    }

    Uni<PullProgress.Pulled> record(PullTarget.WithConfig found, NewImage image) {
        PullTarget target = found.target();
        return transactions
                .inStatelessTransaction(session -> alreadyNamed(session, target)
                        .call(() -> writes.keepManifest(session, stored(target.top())))
                        .call(() -> writes.keepManifest(session, stored(target.image())))
                        .call(() -> writes.keepImage(session, image))
                        .call(known -> name(session, target, known))
                        .call(() -> places.note(session, target.reference(), blobs(target)))
                        .call(() -> leftovers.forget(session, target.node(), found.diffIds()))
                        .call(() -> events.append(session, event(found))))
                .map(known -> new PullProgress.Pulled(
                        target.id(),
                        target.top().digest(),
                        !known,
                        target.reference().familiar()));
    }

    private static List<Digest> blobs(PullTarget target) {
        return target.image().manifest().layers().stream()
                .map(Descriptor::digest)
                .toList();
    }

    private Uni<Boolean> alreadyNamed(Mutiny.StatelessSession session, PullTarget target) {
        return reads.byId(session, target.node(), target.id())
                .map(image -> image.map(StoredImage::names).orElse(List.of()))
                .map(names -> names.containsAll(target.names()));
    }

    private Uni<Integer> name(Mutiny.StatelessSession session, PullTarget target, boolean known) {
        if (known) {
            return Uni.createFrom().item(0);
        }
        String node = target.node().value();
        Digest id = target.id();
        return Multi.createFrom()
                .iterable(target.names())
                .onItem()
                .transformToUniAndConcatenate((ImageName name) -> writes.name(session, node, id, name))
                .collect()
                .last()
                .call(() -> writes.touch(session, node, id));
    }

    private static io.caisson.metadata.Event event(PullTarget.WithConfig found) {
        PullTarget target = found.target();
        return ImageEvents.event(
                target.node(),
                "pull",
                target.reference().familiar(),
                target.reference().familiarName(),
                found.content());
    }

    private static StoredManifest stored(ManifestDocument document) {
        return new StoredManifest(document.digest(), document.mediaType(), document.content());
    }
}
