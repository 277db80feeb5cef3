package io.caisson.container;

import io.caisson.container.api.PruneContainers;
import io.caisson.container.api.PrunedContainers;
import io.caisson.container.api.RemoveContainer;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Fault;
import io.caisson.kernel.LabelFilter;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.SnapshotUsage;
import io.caisson.metadata.Event;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** {@code docker container prune}: removes what does not run. Volumes stay. */
@ApplicationScoped
class PruneSequence {
    private static final Logger LOG = Logger.getLogger(PruneSequence.class);
    private static final Set<String> FILTERS = Set.of("label", "label!");
    private static final int AT_ONCE = 4;

    private final ContainerStore store;
    private final Peers peers;
    private final RemoveSequence remove;

    PruneSequence(ContainerStore store, Peers peers, RemoveSequence remove) {
        this.store = store;
        this.peers = peers;
        this.remove = remove;
    }

    private record Freed(String id, long bytes) {}

    Uni<PrunedContainers> prune(PruneContainers command) {
        return Uni.createFrom()
                .deferred(() -> {
                    Predicate<Container> chosen = chosen(command);
                    return store.all().map(all -> all.stream().filter(chosen).toList());
                })
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUni(this::removed)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(PruneSequence::sum)
                .call(pruned -> store.tell(event(command, pruned)));
    }

    private static Predicate<Container> chosen(PruneContainers command) {
        for (String key : command.filters().keySet()) {
            if (!FILTERS.contains(key)) {
                throw Fault.invalid("invalid filter '" + key + "'");
            }
        }
        var labels = LabelFilter.of(command.filters());
        return container -> container.lifecycle() instanceof Lifecycle.Removable
                && labels.test(Absent.map(container.definition().config().labels()))
                && (command.until() == null || container.definition().created().isBefore(command.until()));
    }

    private Uni<Freed> removed(Container container) {
        String id = container.id().value();
        return usage(container)
                .call(() -> remove.remove(new RemoveContainer(id, false, false, false)))
                .map(usage -> new Freed(id, usage.writable()))
                .onFailure(Fault.class)
                .recoverWithUni(error -> {
                    LOG.warnf("container %s is not pruned: %s", id, error.getMessage());
                    return Uni.createFrom().nullItem();
                });
    }

    private Uni<SnapshotUsage> usage(Container container) {
        return peers.layers()
                .usage(new SnapshotRef(
                        container.node(), new SnapshotId(container.id().value())))
                .onFailure(Fault.class)
                .recoverWithItem(new SnapshotUsage(0));
    }

    private static PrunedContainers sum(List<Freed> freed) {
        return new PrunedContainers(
                freed.stream().map(Freed::id).toList(),
                freed.stream().mapToLong(Freed::bytes).sum());
    }

    private static Event event(PruneContainers command, PrunedContainers pruned) {
        return Event.now(
                command.node().value(), "container", "prune", "", Map.of("reclaimed", Long.toString(pruned.bytes())));
    }
}
