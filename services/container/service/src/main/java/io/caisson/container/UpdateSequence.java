package io.caisson.container;

import io.caisson.container.api.HostConfig;
import io.caisson.container.api.UpdateContainer;
import io.caisson.container.api.UpdatedContainer;
import io.caisson.container.config.HostConfigRules;
import io.caisson.container.config.HostLimits;
import io.caisson.container.config.LimitUpdate;
import io.caisson.container.config.ResourceRules;
import io.caisson.container.model.Container;
import io.caisson.container.spec.NodeFacts;
import io.caisson.container.spec.ResourcePlanner;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.UpdateTask;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.oci.RuntimeSpec.Resources;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code docker update}: the limits of a running container change first; then they are kept for its next start. */
@ApplicationScoped
class UpdateSequence {
    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final Nodes nodes;

    UpdateSequence(ContainerStore store, Turns turns, Peers peers, Nodes nodes) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.nodes = nodes;
    }

    Uni<UpdatedContainer> update(UpdateContainer command) {
        return store.find(command.nameOrId())
                .chain(found -> nodes.facts(found.node()).chain(node -> checked(found.id(), command, node)));
    }

    private Uni<UpdatedContainer> checked(ContainerId id, UpdateContainer command, NodeFacts node) {
        HostLimits.Kept kept = HostLimits.keep(command.changes(), node.limits());
        HostConfigRules.checkUpdate(kept.host());
        ResourceRules.checkOn(kept.host(), node.cpus());
        return turns.take(id, () -> updateInTurn(id, kept.host()))
                .onFailure()
                .transform(error -> explained(id, error))
                .map(_ -> new UpdatedContainer(kept.warnings()));
    }

    private static Fault explained(ContainerId id, Throwable error) {
        Fault fault = Fault.of(error);
        return new Fault(fault.kind(), "Cannot update container " + id + ": " + fault.message(), error);
    }

    private Uni<Done> updateInTurn(ContainerId id, HostConfig changes) {
        return store.get(id)
                .map(found -> found.orElseThrow(() -> Fault.notFound("No such container: " + id)))
                .invoke(container -> updated(container, changes))
                .call(container -> live(container, changes))
                .chain(() -> store.change(
                        id,
                        container -> Change.of(updated(container, changes), ContainerEvents.of(container, "update"))))
                .replaceWith(Done.DONE);
    }

    private static Container updated(Container container, HostConfig changes) {
        if (container.lifecycle() instanceof Lifecycle.Removing || container.lifecycle() instanceof Lifecycle.Dead) {
            throw Fault.conflict("container is marked for removal and cannot be \"update\"");
        }
        return container.limited(LimitUpdate.apply(container.definition().hostConfig(), changes));
    }

    private Uni<Done> live(Container container, HostConfig changes) {
        Resources limits = ResourcePlanner.changes(changes);
        boolean nothing = limits.equals(new Resources(null, null, null, null, null, null));
        return nothing || !(container.lifecycle() instanceof Lifecycle.Live)
                ? Uni.createFrom().item(Done.DONE)
                : peers.executor().update(new UpdateTask(container.node(), container.id(), limits));
    }
}
