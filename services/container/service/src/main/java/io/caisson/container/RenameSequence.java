package io.caisson.container;

import io.caisson.container.api.RenameContainer;
import io.caisson.container.config.ContainerNames;
import io.caisson.container.model.Container;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.network.api.RenameEndpoints;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** {@code docker rename}. */
@ApplicationScoped
class RenameSequence {
    private static final Logger LOG = Logger.getLogger(RenameSequence.class);

    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;

    RenameSequence(ContainerStore store, Turns turns, Peers peers) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
    }

    Uni<Done> rename(RenameContainer command) {
        return Uni.createFrom().deferred(() -> {
            if (command.newName().isEmpty()) {
                throw Fault.invalid("Neither old nor new names may be empty");
            }
            String name = ContainerNames.checked(command.newName());
            return store.find(command.nameOrId()).chain(container -> rename(container, name));
        });
    }

    private Uni<Done> rename(Container container, String name) {
        if (container.name().equals(name)) {
            throw Fault.invalid("Renaming a container with the same name as its current name");
        }
        return turns.take(container.id(), () -> store.rename(container.id(), name, current -> renamed(current, name))
                .chain(() -> tellNetworks(container, name)));
    }

    /** It has its name, whether or not others can find it by that already. */
    private Uni<Done> tellNetworks(Container container, String name) {
        return peers.networks()
                .rename(new RenameEndpoints(container.id(), name))
                .onFailure()
                .recoverWithItem(error -> {
                    LOG.warnf("others do not find %s by its new name yet: %s", name, error.getMessage());
                    return Done.DONE;
                });
    }

    private static Change renamed(Container container, String name) {
        Container next = container.named(name);
        return Change.of(next, ContainerEvents.of(next, "rename", Map.of("oldName", "/" + container.name())));
    }
}
