package io.caisson.container;

import io.caisson.container.api.ContainerStats;
import io.caisson.container.api.ReadContainerStats;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.TaskUsage;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code docker stats}: each sample together with the one before, which readers compute rates from. */
@ApplicationScoped
class StatsSequence {
    private final ContainerStore store;
    private final Samplers samplers;

    StatsSequence(ContainerStore store, Samplers samplers) {
        this.store = store;
        this.samplers = samplers;
    }

    Multi<ContainerStats> stats(ReadContainerStats query) {
        return store.find(query.nameOrId())
                .onItem()
                .transformToMulti(container -> query.follow()
                        ? follow(container)
                        : one(container, query.primed()).toMulti());
    }

    private Multi<ContainerStats> follow(Container container) {
        return samplers.follow(container)
                .onItem()
                .scan(() -> of(container), (last, usage) -> next(container, last, usage))
                .skip()
                .first()
                .onFailure(StatsSequence::isGone)
                .recoverWithCompletion();
    }

    private Uni<ContainerStats> one(Container container, boolean primed) {
        if (!(container.lifecycle() instanceof Lifecycle.Live)) {
            return Uni.createFrom().item(of(container));
        }
        return primed
                ? follow(container)
                        .select()
                        .first(2)
                        .collect()
                        .last()
                        .onItem()
                        .ifNull()
                        .continueWith(() -> of(container))
                : samplers.sample(container).map(usage -> next(container, of(container), usage));
    }

    private static ContainerStats of(Container container) {
        return new ContainerStats(container.id(), container.name(), null, null);
    }

    private static ContainerStats next(Container container, ContainerStats last, Optional<TaskUsage> usage) {
        TaskUsage now = usage.orElse(null);
        TaskUsage before = last.now();
        return new ContainerStats(container.id(), container.name(), now, before);
    }

    private static boolean isGone(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.NOT_FOUND;
    }
}
