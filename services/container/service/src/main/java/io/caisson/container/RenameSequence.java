package io.caisson.container;

import io.caisson.container.api.RenameContainer;
import io.caisson.container.config.ContainerNames;
import io.caisson.container.model.Container;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** {@code docker rename}. */
@ApplicationScoped
class RenameSequence {
    private final ContainerStore store;
    private final Turns turns;

    RenameSequence(ContainerStore store, Turns turns) {
        this.store = store;
        this.turns = turns;
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
                .replaceWith(Done.DONE));
    }

    private static Change renamed(Container container, String name) {
        Container next = container.named(name);
        return Change.of(next, ContainerEvents.of(next, "rename", Map.of("oldName", "/" + container.name())));
    }
}
