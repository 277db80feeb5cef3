package io.caisson.container;

import io.caisson.container.api.RemoveContainer;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.network.api.DetachContainer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code docker rm}: end it when forced, mark it, delete what it has on its node, then row and event together. A removal
 * that was interrupted is taken up again at the next start of the platform.
 */
@ApplicationScoped
class RemoveSequence {
    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final KillSequence kill;
    private final VolumeSequence volumes;
    private final Endings endings;

    RemoveSequence(
            ContainerStore store,
            Turns turns,
            Peers peers,
            KillSequence kill,
            VolumeSequence volumes,
            Endings endings) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.kill = kill;
        this.volumes = volumes;
        this.endings = endings;
    }

    Uni<Done> remove(RemoveContainer command) {
        if (command.link()) {
            return Uni.createFrom().failure(Fault.unsupported("removing a link is not implemented"));
        }
        return store.find(command.nameOrId())
                .call(container -> prepare(container, command.force()))
                .chain(container -> turns.take(
                        container.id(), () -> removeInTurn(container.id(), command.volumes(), command.force())));
    }

    private Uni<Done> prepare(Container container, boolean force) {
        return switch (container.lifecycle()) {
            case Lifecycle.Live _ -> {
                refuseUnlessForced(container, force);
                yield kill.killAndWait(container);
            }
            case Lifecycle.Restarting _ -> {
                refuseUnlessForced(container, force);
                yield Uni.createFrom().item(Done.DONE);
            }
            case Lifecycle.Removing _ ->
                throw Fault.conflict("removal of container " + container.id() + " is already in progress");
            case Lifecycle.Created _, Lifecycle.Starting _, Lifecycle.Exited _, Lifecycle.Dead _ ->
                Uni.createFrom().item(Done.DONE);
        };
    }

    private static void refuseUnlessForced(Container container, boolean force) {
        if (force) {
            return;
        }
        String where = "cannot remove container \"/" + container.name() + "\": ";
        if (container.lifecycle() instanceof Lifecycle.Paused) {
            throw Fault.conflict(where + "container is paused and must be unpaused first");
        }
        String state = container.lifecycle().shown().status().name().toLowerCase(Locale.ROOT);
        throw Fault.conflict(where + "container is " + state + ": stop the container before removing or force remove");
    }

    /** Of an auto-removed container that has ended; within its turn. */
    Uni<Done> removeInTurn(Container container) {
        return removeInTurn(container.id(), true, true);
    }

    /** Within the container's turn; done already is fine. */
    Uni<Done> removeInTurn(ContainerId id, boolean withVolumes, boolean force) {
        return store.change(id, container -> Change.of(marked(container, force)))
                .chain(found -> found.map(container -> delete(container, withVolumes))
                        .orElseGet(() -> Uni.createFrom().item(Done.DONE)));
    }

    private static Container marked(Container container, boolean force) {
        return switch (container.lifecycle()) {
            case Lifecycle.Removable removable -> container.in(removable.removing());
            case Lifecycle.Restarting restarting ->
                container.in(restarting.stopped().removing());
            case Lifecycle.Removing _ -> container;
            case Lifecycle.Live _ -> {
                refuseUnlessForced(container, false);
                yield container;
            }
            case Lifecycle.Starting _ -> {
                refuseUnlessForced(container, force);
                throw Fault.conflict("container " + container.id() + " is being started");
            }
        };
    }

    private Uni<Done> delete(Container container, boolean withVolumes) {
        return deleteHostParts(container)
                .chain(() -> withVolumes
                        ? volumes.removeAnonymous(container.definition())
                        : Uni.createFrom().item(Done.DONE))
                .chain(() -> store.delete(container.id(), ContainerEvents.of(container, "destroy")))
                .invoke(() -> endings.tell(container, true))
                .replaceWith(Done.DONE)
                .onFailure()
                .recoverWithUni(error -> dead(container, error));
    }

    private Uni<Done> deleteHostParts(Container container) {
        var task = new TaskRef(container.node(), container.id());
        var snapshot =
                new SnapshotRef(container.node(), new SnapshotId(container.id().value()));
        return Uni.combine()
                .all()
                .unis(
                        peers.networks().detach(new DetachContainer(container.id())),
                        peers.executor().purge(task).chain(() -> peers.layers().removeSnapshot(snapshot)))
                .with((_, _) -> Done.DONE);
    }

    /** What is left can be removed again. */
    private Uni<Done> dead(Container container, Throwable error) {
        Fault fault = Fault.of(error);
        return store.change(container.id(), current -> Change.of(buried(current, fault)))
                .invoke(buried -> buried.ifPresent(it -> endings.tell(it, false)))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(() -> Uni.createFrom()
                        .failure(new Fault(
                                fault.kind(),
                                "cannot remove container \"/" + container.name() + "\": " + fault.message(),
                                error)));
    }

    private static Container buried(Container container, Fault fault) {
        return container.lifecycle() instanceof Lifecycle.Removing removing
                ? container.in(removing.failed(fault.message()))
                : container;
    }
}
