package io.caisson.container;

import io.caisson.container.api.ContainerProcesses;
import io.caisson.container.api.ListContainerProcesses;
import io.caisson.container.health.HealthCheck;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.ListProcesses;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code docker pause}, {@code unpause} and {@code top}: all processes of a container at once. */
@ApplicationScoped
class PauseSequence {
    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final HealthWatch health;

    PauseSequence(ContainerStore store, Turns turns, Peers peers, HealthWatch health) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.health = health;
    }

    Uni<Done> pause(String nameOrId) {
        return store.find(nameOrId)
                .chain(found -> turns.take(found.id(), () -> current(found.id())
                        .invoke(PauseSequence::requirePausable)
                        .call(container -> peers.executor().pause(ref(container)))
                        .invoke(container -> health.forget(container.id()))
                        .chain(container -> store.change(container.id(), PauseSequence::paused))
                        .replaceWith(Done.DONE)));
    }

    Uni<Done> unpause(String nameOrId) {
        return store.find(nameOrId)
                .chain(found -> turns.take(found.id(), () -> current(found.id())
                        .invoke(PauseSequence::requirePaused)
                        .chain(this::resumeInTurn)));
    }

    /** Within the container's turn: a paused one goes on. */
    Uni<Done> resumeInTurn(Container container) {
        return peers.executor()
                .resume(ref(container))
                .chain(() -> store.change(container.id(), PauseSequence::resumed))
                .invoke(found -> found.ifPresent(health::follow))
                .replaceWith(Done.DONE);
    }

    private Uni<Container> current(ContainerId id) {
        return store.get(id).map(found -> found.orElseThrow(() -> Fault.notFound("No such container: " + id)));
    }

    private static TaskRef ref(Container container) {
        return new TaskRef(container.node(), container.id());
    }

    private static void requirePausable(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Paused) {
            throw Fault.conflict("container " + container.id() + " is already paused");
        }
        requireLive(container);
    }

    private static void requireLive(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Restarting) {
            throw Fault.conflict("container " + container.id() + " is restarting, wait until the container is running");
        }
        if (!(container.lifecycle() instanceof Lifecycle.Live)) {
            throw Fault.conflict("container " + container.id() + " is not running");
        }
    }

    private static void requirePaused(Container container) {
        if (!(container.lifecycle() instanceof Lifecycle.Paused)) {
            throw Fault.internal("container " + container.id() + " is not paused", null);
        }
    }

    private static Change paused(Container container) {
        return container.lifecycle() instanceof Lifecycle.Running running
                ? Change.of(
                        container.in(running.paused()).with(HealthCheck.unwatched(container.health())),
                        ContainerEvents.of(container, "pause"))
                : Change.of(container);
    }

    private static Change resumed(Container container) {
        return container.lifecycle() instanceof Lifecycle.Paused paused
                ? Change.of(container.in(paused.resumed()), ContainerEvents.of(container, "unpause"))
                : Change.of(container);
    }

    Uni<ContainerProcesses> processes(ListContainerProcesses query) {
        return store.find(query.nameOrId())
                .invoke(PauseSequence::requireLive)
                .chain(container -> peers.executor()
                        .processes(new ListProcesses(container.node(), container.id(), query.psArgs()))
                        .call(() -> store.tell(ContainerEvents.of(container, "top"))))
                .map(table -> new ContainerProcesses(table.titles(), table.processes()));
    }
}
