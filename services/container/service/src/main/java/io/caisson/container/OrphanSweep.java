package io.caisson.container;

import io.caisson.bus.upkeep.Mended;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.ListSnapshots;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.ListNetworks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes back what other services hold for containers that are not there, or do not run: root file systems of creations that
 * a crash cut short, addresses of runs whose end they did not hear of.
 */
@ApplicationScoped
class OrphanSweep {
    private static final String SERVICE = "container";
    private static final int ID_LENGTH = 64;

    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final NodeId node;
    /** Their rows come last. */
    private final Set<ContainerId> creating = ConcurrentHashMap.newKeySet();
    /** Orphans at the last sweep. */
    private volatile Set<SnapshotId> suspects = Set.of();

    OrphanSweep(ContainerStore store, Turns turns, Peers peers, @ConfigProperty(name = "caisson.node") String node) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.node = new NodeId(node);
    }

    /** Carries out a creation without its root file system being taken for one that nobody needs. */
    <T> Uni<T> sparing(ContainerId id, Supplier<Uni<T>> creation) {
        return Uni.createFrom().deferred(() -> {
            creating.add(id);
            return creation.get().onTermination().invoke(() -> creating.remove(id));
        });
    }

    Uni<Done> sweep() {
        return snapshots().chain(this::endpoints);
    }

    /**
     * The order matters: what is listed first, and is neither being created then nor has a row afterwards, is an orphan. It
     * goes when it is still one at the next sweep: another process may be creating it.
     */
    private Uni<Done> snapshots() {
        return peers.layers().snapshots(new ListSnapshots(node)).chain(list -> {
            Set<ContainerId> spared = Set.copyOf(creating);
            return store.ids()
                    .map(known -> list.ids().stream()
                            .filter(id -> isOrphan(new ContainerId(id.value()), spared, known))
                            .collect(Collectors.toUnmodifiableSet()))
                    .chain(this::removeThoseSeenBefore);
        });
    }

    private Uni<Done> removeThoseSeenBefore(Set<SnapshotId> orphans) {
        List<SnapshotId> again = orphans.stream().filter(suspects::contains).toList();
        suspects = orphans;
        return Multi.createFrom()
                .iterable(again)
                .onItem()
                .transformToUniAndConcatenate(this::removeSnapshot)
                .collect()
                .last()
                .replaceWith(Done.DONE);
    }

    private static boolean isOrphan(ContainerId id, Set<ContainerId> spared, Set<ContainerId> known) {
        return id.value().length() == ID_LENGTH && !spared.contains(id) && !known.contains(id);
    }

    private Uni<Done> removeSnapshot(SnapshotId id) {
        Mended.note(SERVICE, "root file system without a container", id.value());
        return peers.layers().removeSnapshot(new SnapshotRef(node, id));
    }

    private Uni<Done> endpoints() {
        return peers.networks()
                .list(new ListNetworks(Map.of()))
                .chain(networks -> store.active().map(active -> {
                    Set<ContainerId> holders = networks.networks().stream()
                            .flatMap(network -> network.endpoints().stream())
                            .map(Endpoint::container)
                            .collect(Collectors.toCollection(HashSet::new));
                    holders.removeAll(active);
                    return holders;
                }))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(id -> turns.take(id, () -> detach(id)))
                .collect()
                .last()
                .replaceWith(Done.DONE);
    }

    /** In its turn, after another look. */
    private Uni<Done> detach(ContainerId id) {
        return store.get(id).chain(now -> {
            if (now.filter(OrphanSweep::mayHold).isPresent()) {
                return Uni.createFrom().item(Done.DONE);
            }
            Mended.note(SERVICE, "address without a run", id.value());
            return peers.networks().detach(new DetachContainer(id));
        });
    }

    /** One that restarts may have kept what it had. */
    private static boolean mayHold(Container container) {
        return switch (container.lifecycle()) {
            case Lifecycle.Live _, Lifecycle.Starting _, Lifecycle.Restarting _ -> true;
            case Lifecycle.Created _, Lifecycle.Exited _, Lifecycle.Removing _, Lifecycle.Dead _ -> false;
        };
    }
}
