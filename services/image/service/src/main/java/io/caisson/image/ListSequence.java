package io.caisson.image;

import io.caisson.image.api.ImageList;
import io.caisson.image.api.ListImages;
import io.caisson.image.store.ImageReads;
import io.caisson.metadata.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists images, newest first. */
@ApplicationScoped
class ListSequence {
    private final Transactions transactions;
    private final ImageReads reads;
    private final ImageFinder finder;

    ListSequence(Transactions transactions, ImageReads reads, ImageFinder finder) {
        this.transactions = transactions;
        this.reads = reads;
        this.finder = finder;
    }

    Uni<ImageList> list(ListImages query) {
        ListPlanner.check(query.filters());
        return transactions.withStatelessSession(session -> created(session, query, "before")
                .chain(before -> created(session, query, "since")
                        .map(since -> new ListPlanner(query.filters(), before.orElse(null), since.orElse(null))))
                .chain(planner -> reads.all(session).map(planner::choose))
                .map(images ->
                        new ImageList(images.stream().map(DetailMapping::detail).toList())));
    }

    private Uni<Optional<Instant>> created(Mutiny.StatelessSession session, ListImages query, String filter) {
        List<String> names = query.filters().getOrDefault(filter, List.of());
        return names.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : finder.find(session, names.getLast())
                        .map(found -> Optional.of(found.image().created()));
    }
}
