package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.TaskRef;
import io.caisson.executor.api.TaskUsage;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most one sampler per container, shared by all who read its statistics: it begins with the first of them and ends with
 * the last, or with the container.
 */
@ApplicationScoped
class Samplers {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Peers peers;
    private final ContainerStore store;
    private final Map<ContainerId, Multi<Optional<TaskUsage>>> samplers = new ConcurrentHashMap<>();

    Samplers(Peers peers, ContainerStore store) {
        this.peers = peers;
        this.store = store;
    }

    /** A sample a second; empty ones while the container does not run. A reader that is too slow misses some. */
    Multi<Optional<TaskUsage>> follow(Container container) {
        return Multi.createFrom()
                .deferred(() -> samplers.computeIfAbsent(container.id(), id -> sampler(container)))
                .onOverflow()
                .dropPreviousItems();
    }

    private Multi<Optional<TaskUsage>> sampler(Container container) {
        return Multi.createFrom()
                .ticks()
                .every(PERIOD)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(_ -> once(container))
                .onTermination()
                .invoke(() -> samplers.remove(container.id()))
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /** Fails when the container is gone. */
    private Uni<Optional<TaskUsage>> once(Container container) {
        return sample(container)
                .chain(usage -> usage.isPresent()
                        ? Uni.createFrom().item(usage)
                        : store.find(container.id().value()).replaceWith(usage));
    }

    /** Empty when it does not run. */
    Uni<Optional<TaskUsage>> sample(Container container) {
        return peers.executor()
                .usage(new TaskRef(container.node(), container.id()))
                .map(Optional::of)
                .onFailure(Samplers::isConflict)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.CONFLICT;
    }
}
