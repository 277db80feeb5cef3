package io.caisson.image;

import io.caisson.image.store.BlobPlaces;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageWrites;
import io.caisson.image.store.StoredManifest;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The end of a push: the registry knows the image, so it gets the name with that digest, and the event. */
@ApplicationScoped
class PushRecording {
    private final Transactions transactions;
    private final ImageWrites writes;
    private final BlobPlaces places;
    private final EventLog events;

    PushRecording(Transactions transactions, ImageWrites writes, BlobPlaces places, EventLog events) {
        this.transactions = transactions;
        this.writes = writes;
        this.places = places;
        this.events = events;
    }

    /** An image that was removed meanwhile gets no name. */
    Uni<Void> record(PushTarget target, StoredManifest manifest, List<Descriptor> layers) {
        Reference repository = target.repository().reference();
        var name = new ImageName(repository.repository(), manifest.digest().toString());
        String shown = repository.familiarName();
        return transactions.inStatelessTransaction(session -> writes.keepManifest(session, manifest)
                .chain(() -> writes.name(
                        session, target.node().value(), target.image().id(), name))
                .chain(() -> places.note(
                        session,
                        repository,
                        layers.stream().map(Descriptor::digest).toList()))
                .chain(() -> events.append(
                        session,
                        ImageEvents.event(
                                target.node(),
                                "push",
                                shown,
                                shown,
                                target.image().config()))));
    }
}
