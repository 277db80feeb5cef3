package io.caisson.container;

import io.caisson.container.api.StopContainer;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code docker restart}: stop if it runs, start. An auto-removed container survives the stop in between. */
@ApplicationScoped
class RestartSequence {
    private final ContainerStore store;
    private final StopSequence stop;
    private final StartSequence start;
    private final Kept kept;

    RestartSequence(ContainerStore store, StopSequence stop, StartSequence start, Kept kept) {
        this.store = store;
        this.stop = stop;
        this.start = start;
        this.kept = kept;
    }

    Uni<Done> restart(StopContainer command) {
        return store.find(command.nameOrId()).chain(container -> {
            kept.add(container.id());
            return end(container, command)
                    .chain(() -> start.start(container.id()))
                    .eventually(() -> kept.remove(container.id()))
                    .chain(() -> tell(container.id()));
        });
    }

    private Uni<Done> end(Container container, StopContainer command) {
        return switch (container.lifecycle()) {
            case Lifecycle.Live _ ->
                stop.end(container, command)
                        .chain(() -> store.tell(ContainerEvents.of(container, "stop")))
                        .replaceWith(Done.DONE);
            case Lifecycle.Created _,
                    Lifecycle.Starting _,
                    Lifecycle.Restarting _,
                    Lifecycle.Exited _,
                    Lifecycle.Removing _,
                    Lifecycle.Dead _ -> Uni.createFrom().item(Done.DONE);
        };
    }

    private Uni<Done> tell(ContainerId id) {
        return store.get(id)
                .chain(found -> found.map(container -> store.tell(ContainerEvents.of(container, "restart")))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .replaceWith(Done.DONE);
    }
}
