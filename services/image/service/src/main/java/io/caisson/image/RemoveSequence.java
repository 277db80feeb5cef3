package io.caisson.image;

import io.caisson.image.api.ImageRemoval;
import io.caisson.image.api.RemoveImage;
import io.caisson.image.store.ImageDeletes;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.Leftovers;
import io.caisson.image.store.StoredImage;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Takes away names, the image with its last one, and then the layers that no other image needs. */
@ApplicationScoped
class RemoveSequence {
    private static final Logger LOG = Logger.getLogger(RemoveSequence.class);

    private final Transactions transactions;
    private final ImageFinder finder;
    private final ImageDeletes deletes;
    private final Leftovers leftovers;
    private final EventLog events;
    private final LayerSweep sweep;

    RemoveSequence(
            Transactions transactions,
            ImageFinder finder,
            ImageDeletes deletes,
            Leftovers leftovers,
            EventLog events,
            LayerSweep sweep) {
        this.transactions = transactions;
        this.finder = finder;
        this.deletes = deletes;
        this.leftovers = leftovers;
        this.events = events;
        this.sweep = sweep;
    }

    private record Removed(StoredImage image, RemovalPlanner.Plan plan) {}

    Uni<ImageRemoval> remove(RemoveImage command) {
        return transactions
                .inStatelessTransaction(session -> finder.find(session, command.nameOrId())
                        .call(found -> deletes.lock(session, found.image()))
                        // Read again: until the lock was ours, others could change it.
                        .chain(found -> finder.find(
                                session, command.nameOrId(), found.image().node()))
                        .map(found ->
                                new Removed(found.image(), RemovalPlanner.plan(found.image(), found.name(), command)))
                        .call(removed -> untag(session, removed))
                        .call(removed -> delete(session, removed)))
                .chain(this::layers);
    }

    private Uni<?> untag(Mutiny.StatelessSession session, Removed removed) {
        return Multi.createFrom()
                .iterable(removed.plan().untag())
                .onItem()
                .transformToUniAndConcatenate(name -> deletes.unname(session, removed.image(), name)
                        .chain(() -> tell(session, removed.image(), "untag")))
                .collect()
                .asList();
    }

    private Uni<?> delete(Mutiny.StatelessSession session, Removed removed) {
        StoredImage image = removed.image();
        if (!removed.plan().delete()) {
            return Uni.createFrom().nullItem();
        }
        return deletes.delete(session, image)
                .chain(() -> leftovers.note(session, image.node(), image.diffIds()))
                .chain(() -> tell(session, image, "delete"));
    }

    private Uni<Void> tell(Mutiny.StatelessSession session, StoredImage image, String action) {
        String id = image.id().toString();
        return events.append(session, ImageEvents.event(image.node(), action, id, id, image.config()));
    }

    /** The image is gone; layers that cannot be deleted now are noted, and swept later. */
    private Uni<ImageRemoval> layers(Removed removed) {
        List<String> untagged =
                removed.plan().untag().stream().map(ImageName::familiar).toList();
        if (!removed.plan().delete()) {
            return Uni.createFrom().item(new ImageRemoval(untagged, List.of()));
        }
        StoredImage image = removed.image();
        return sweep.sweep(image.node(), image.diffIds())
                .onFailure()
                .invoke(error -> LOG.warnf("layers of %s are left for later: %s", image.id(), error.getMessage()))
                .onFailure()
                .recoverWithItem(List.of())
                .map(gone -> new ImageRemoval(untagged, deleted(image, gone)));
    }

    private static List<String> deleted(StoredImage image, List<Digest> gone) {
        List<Digest> chain = RemovalPlanner.chainIds(image.diffIds());
        List<String> deleted = new ArrayList<>(List.of(image.id().toString()));
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (gone.contains(image.diffIds().get(i))) {
                deleted.add(chain.get(i).toString());
            }
        }
        return deleted;
    }
}
