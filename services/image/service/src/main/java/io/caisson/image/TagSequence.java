package io.caisson.image;

import io.caisson.image.api.ImageDetail;
import io.caisson.image.api.TagImage;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.ImageWrites;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives an image one more name; a name that pointed elsewhere moves. */
@ApplicationScoped
class TagSequence {
    private final Transactions transactions;
    private final ImageFinder finder;
    private final ImageReads reads;
    private final ImageWrites writes;
    private final EventLog events;

    TagSequence(Transactions transactions, ImageFinder finder, ImageReads reads, ImageWrites writes, EventLog events) {
        this.transactions = transactions;
        this.finder = finder;
        this.reads = reads;
        this.writes = writes;
        this.events = events;
    }

    Uni<ImageDetail> tag(TagImage command) {
        if (command.target().digest() != null) {
            return Uni.createFrom().failure(Fault.invalid("refusing to create a tag with a digest reference"));
        }
        ImageName name = ImageName.of(command.target());
        return transactions.inStatelessTransaction(session -> finder.find(session, command.source())
                .map(ImageFinder.Found::image)
                .call(image -> writes.name(session, image.node().value(), image.id(), name))
                .call(image -> writes.touch(session, image.node().value(), image.id()))
                .call(image -> events.append(
                        session,
                        ImageEvents.event(image.node(), "tag", image.id().toString(), name.familiar(), image.config())))
                .chain(image -> again(session, image)));
    }

    private Uni<ImageDetail> again(Mutiny.StatelessSession session, StoredImage image) {
        return reads.byId(session, image.node(), image.id())
                .map(found -> found.orElse(image))
                .map(DetailMapping::detail);
    }
}
