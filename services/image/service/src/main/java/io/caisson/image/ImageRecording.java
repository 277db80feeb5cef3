package io.caisson.image;

import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageWrites;
import io.caisson.image.store.Leftovers;
import io.caisson.image.store.NewImage;
import io.caisson.image.store.StoredManifest;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The end of a load, import or commit: the image, its names and the event, in one transaction. */
@ApplicationScoped
class ImageRecording {
    private final Transactions transactions;
    private final ImageWrites writes;
    private final Leftovers leftovers;
    private final EventLog events;

    ImageRecording(Transactions transactions, ImageWrites writes, Leftovers leftovers, EventLog events) {
        this.transactions = transactions;
        this.writes = writes;
        this.leftovers = leftovers;
        this.events = events;
    }

    /** @param action the event's: {@code load}, {@code import}, or {@code create}, which tells its names as well */
    record Entry(NewImage image, @Nullable StoredManifest manifest, List<ImageName> names, String action) {
        Entry {
            names = List.copyOf(names);
        }

        List<Event> events() {
            String id = image.id().toString();
            List<Event> events = new ArrayList<>();
            events.add(ImageEvents.event(image.node(), action, id, id, image.config()));
            if (action.equals("create")) {
                names.forEach(name ->
                        events.add(ImageEvents.event(image.node(), "tag", id, name.familiar(), image.config())));
            }
            return events;
        }
    }

    Uni<Void> record(Entry entry) {
        NewImage image = entry.image();
        return transactions.inStatelessTransaction(session -> keepManifest(session, entry.manifest())
                .chain(() -> writes.keepImage(session, image))
                .chain(() -> name(session, entry))
                .chain(() -> leftovers.forget(
                        session,
                        image.node(),
                        image.layers().stream().map(LayerInfo::diffId).toList()))
                .chain(() -> tell(session, entry.events())));
    }

    private Uni<Void> tell(Mutiny.StatelessSession session, List<Event> all) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Event event : all) {
            done = done.chain(() -> events.append(session, event));
        }
        return done;
    }

    private Uni<Integer> keepManifest(Mutiny.StatelessSession session, @Nullable StoredManifest manifest) {
        return manifest == null ? Uni.createFrom().item(0) : writes.keepManifest(session, manifest);
    }

    private Uni<Integer> name(Mutiny.StatelessSession session, Entry entry) {
        String node = entry.image().node().value();
        return Multi.createFrom()
                .iterable(entry.names())
                .onItem()
                .transformToUniAndConcatenate(
                        name -> writes.name(session, node, entry.image().id(), name))
                .collect()
                .asList()
                .chain(() -> writes.touch(session, node, entry.image().id()));
    }
}
