package io.caisson.image;

import io.caisson.image.api.ImageRemoval;
import io.caisson.image.api.PruneImages;
import io.caisson.image.api.PrunedImages;
import io.caisson.image.api.RemoveImage;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Deletes what nobody uses, one image after the other; one that cannot be deleted is passed over. */
@ApplicationScoped
class PruneSequence {
    private static final Logger LOG = Logger.getLogger(PruneSequence.class);

    private final Transactions transactions;
    private final ImageReads reads;
    private final RemoveSequence removals;
    private final EventLog events;
    private final NodeId home;

    PruneSequence(
            Transactions transactions,
            ImageReads reads,
            RemoveSequence removals,
            EventLog events,
            @ConfigProperty(name = "caisson.node", defaultValue = "local") String home) {
        this.transactions = transactions;
        this.reads = reads;
        this.removals = removals;
        this.events = events;
        this.home = new NodeId(home);
    }

    Uni<PrunedImages> prune(PruneImages command) {
        var planner = new PrunePlanner(command);
        return transactions
                .withStatelessSession(session -> reads.all(session).map(planner::choose))
                .chain(images -> Multi.createFrom()
                        .iterable(images)
                        .onItem()
                        .transformToUniAndConcatenate(this::remove)
                        .collect()
                        .asList())
                .map(PruneSequence::sum)
                .call(this::tell);
    }

    private Uni<PrunedImages> remove(StoredImage image) {
        String id = image.id().toString();
        return removals.remove(new RemoveImage(id, true, false, List.of(), List.of()))
                .map(removal -> new PrunedImages(removal, reclaimed(image, removal)))
                .onFailure(Fault.class)
                .recoverWithItem(error -> {
                    LOG.warnf("%s is not pruned: %s", id, error.getMessage());
                    return new PrunedImages(new ImageRemoval(List.of(), List.of()), 0);
                });
    }

    private static long reclaimed(StoredImage image, ImageRemoval removal) {
        Set<String> deleted = new HashSet<>(removal.deleted());
        List<Digest> chain = RemovalPlanner.chainIds(image.diffIds());
        long bytes = 0;
        for (int i = 0; i < chain.size(); i++) {
            LayerInfo layer = image.layers().get(i);
            bytes += deleted.contains(chain.get(i).toString()) ? layer.size() : 0;
        }
        return bytes;
    }

    private static PrunedImages sum(List<PrunedImages> parts) {
        return new PrunedImages(
                new ImageRemoval(
                        parts.stream()
                                .flatMap(part -> part.removal().untagged().stream())
                                .toList(),
                        parts.stream()
                                .flatMap(part -> part.removal().deleted().stream())
                                .toList()),
                parts.stream().mapToLong(PrunedImages::reclaimed).sum());
    }

    private Uni<Void> tell(PrunedImages pruned) {
        var attributes = Map.of("reclaimed", Long.toString(pruned.reclaimed()));
        return transactions.inStatelessTransaction(
                session -> events.append(session, Event.now(home.value(), "image", "prune", "", attributes)));
    }
}
