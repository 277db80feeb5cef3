package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.store.Leftovers;
import io.caisson.image.store.Leftovers.Leftover;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.RemoveLayers;
import io.caisson.layerstore.api.RemovedLayers;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Has layers deleted that no image needs. */
@ApplicationScoped
class LayerSweep {
    private final LayerStore layerStore;
    private final Transactions transactions;
    private final Leftovers leftovers;
    private final LayerClaims claims;

    LayerSweep(Ports ports, Transactions transactions, Leftovers leftovers, LayerClaims claims) {
        this.layerStore = ports.client(LayerStore.class);
        this.transactions = transactions;
        this.leftovers = leftovers;
        this.claims = claims;
    }

    /** What was noted longer ago than {@code age}, on every node. A node that does not answer is tried next time. */
    Uni<Integer> sweepOlderThan(Duration age) {
        return transactions
                .withStatelessSession(session -> leftovers.olderThan(session, age))
                .chain(old -> Multi.createFrom()
                        .iterable(byNode(old).entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(entry -> sweep(entry.getKey(), entry.getValue())
                                .onFailure()
                                .recoverWithItem(List.of()))
                        .collect()
                        .asList())
                .map(removed -> removed.stream().mapToInt(List::size).sum());
    }

    private static Map<NodeId, List<Digest>> byNode(List<Leftover> old) {
        return old.stream()
                .collect(Collectors.groupingBy(
                        Leftover::node, Collectors.mapping(Leftover::diffId, Collectors.toList())));
    }

    /** Those of {@code diffIds} that no image has are deleted, unless a pull or a snapshot needs them; answers which. */
    Uni<List<Digest>> sweep(NodeId node, Collection<Digest> diffIds) {
        return Uni.createFrom().deferred(() -> {
            var removal = claims.beginRemoval(node, diffIds);
            return unused(node, removal.diffIds())
                    .chain(unused -> remove(node, unused))
                    .onTermination()
                    .invoke(removal::close);
        });
    }

    /** A layer that an image has is none that was left over: its note goes. */
    private Uni<List<Digest>> unused(NodeId node, List<Digest> marked) {
        if (marked.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return transactions.inStatelessTransaction(
                session -> leftovers.unused(session, node, marked).call(unused -> {
                    List<Digest> used =
                            marked.stream().filter(d -> !unused.contains(d)).toList();
                    return leftovers.forget(session, node, used);
                }));
    }

    private Uni<List<Digest>> remove(NodeId node, List<Digest> unused) {
        if (unused.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return layerStore
                .removeLayers(new RemoveLayers(node, unused))
                .map(RemovedLayers::diffIds)
                .call(() -> forgetMissing(node, unused));
    }

    /** A layer that is still there, because a snapshot needs it, stays noted: its turn comes later. */
    private Uni<Integer> forgetMissing(NodeId node, List<Digest> unused) {
        return layerStore
                .missing(new FindMissing(node, unused))
                .chain(missing -> transactions.inStatelessTransaction(
                        session -> leftovers.forget(session, node, missing.diffIds())));
    }
}
