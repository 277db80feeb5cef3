package io.caisson.container;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerList;
import io.caisson.container.api.ListContainers;
import io.caisson.container.listing.ListFilters;
import io.caisson.container.model.Container;
import io.caisson.container.store.ContainerStore;
import io.caisson.image.api.FindImage;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code docker ps}: from the database, without asking the executor. */
@ApplicationScoped
class ListSequence {
    private final ContainerStore store;
    private final Peers peers;
    private final Views views;

    ListSequence(ContainerStore store, Peers peers, Views views) {
        this.store = store;
        this.peers = peers;
        this.views = views;
    }

    Uni<ContainerList> list(ListContainers query) {
        return Uni.createFrom().deferred(() -> {
            var filters = new ListFilters(query.filters());
            boolean all = query.all() || query.limit() > 0 || filters.wantsAll();
            return Uni.combine()
                    .all()
                    .unis(all ? store.all() : store.running(), bounds(filters), ancestors(filters))
                    .with((found, bounds, ancestors) -> found.stream()
                            .map(views::detail)
                            .filter(filters::matches)
                            .filter(bounds)
                            .filter(ancestors)
                            .limit(query.limit() > 0 ? query.limit() : Long.MAX_VALUE)
                            .toList())
                    .map(ContainerList::new);
        });
    }

    /** Of several {@code before} or {@code since} the last counts, as with Docker. */
    private Uni<Predicate<ContainerDetail>> bounds(ListFilters filters) {
        return Uni.combine()
                .all()
                .unis(created(filters.values("before")), created(filters.values("since")))
                .with((before, since) -> container ->
                        before.map(at -> container.created().isBefore(at)).orElse(true)
                                && since.map(at -> container.created().isAfter(at))
                                        .orElse(true));
    }

    private Uni<Optional<Instant>> created(List<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : store.find(names.getLast())
                        .map(Container::definition)
                        .map(definition -> Optional.of(definition.created()));
    }

    private Uni<Predicate<ContainerDetail>> ancestors(ListFilters filters) {
        List<String> names = filters.values("ancestor");
        if (names.isEmpty()) {
            return Uni.createFrom().item(_ -> true);
        }
        return Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(this::imageId)
                .collect()
                .asList()
                .map(ids -> isOneOf(new HashSet<>(names), new HashSet<>(ids)));
    }

    private static Predicate<ContainerDetail> isOneOf(Set<String> names, Set<String> ids) {
        return container -> ids.contains(container.imageId()) || names.contains(container.imageName());
    }

    /** An image that isn't there has no containers, but for those that remember its name. */
    private Uni<String> imageId(String name) {
        return peers.images()
                .inspect(FindImage.of(name))
                .map(image -> image.id().toString())
                .onFailure(error -> error instanceof Fault fault && fault.kind() == Fault.Kind.NOT_FOUND)
                .recoverWithItem("");
    }
}
