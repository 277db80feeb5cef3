package io.caisson.image;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps layers from being deleted while a pull or load counts on them, and such work from starting on layers that are just
 * being deleted.
 */
@ApplicationScoped
class LayerClaims {
    private final Map<Key, Integer> claimed = new HashMap<>();
    private final Map<Key, CompletableFuture<Void>> removing = new HashMap<>();

    private record Key(NodeId node, Digest diffId) {}

    /** Layers that somebody counts on, until closed. */
    final class Claim implements AutoCloseable {
        private final List<Key> keys;
        private boolean closed;

        private Claim(List<Key> keys) {
            this.keys = keys;
        }

        @Override
        public void close() {
            synchronized (LayerClaims.this) {
                if (!closed) {
                    closed = true;
                    keys.forEach(key -> claimed.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1));
                }
            }
        }
    }

    /** Comes once none of them is being deleted. */
    Uni<Claim> claim(NodeId node, Collection<Digest> diffIds) {
        return Uni.createFrom().deferred(() -> {
            Claim claim;
            CompletableFuture<Void> settled;
            synchronized (this) {
                claim = new Claim(keys(node, diffIds));
                claim.keys.forEach(key -> claimed.merge(key, 1, Integer::sum));
                settled = CompletableFuture.allOf(claim.keys.stream()
                        .map(removing::get)
                        .filter(Objects::nonNull)
                        .toArray(CompletableFuture<?>[]::new));
            }
            return Uni.createFrom()
                    .completionStage(() -> settled)
                    .replaceWith(claim)
                    .onCancellation()
                    .invoke(claim::close);
        });
    }

    /** Layers about to be deleted, until closed. */
    final class Removal implements AutoCloseable {
        private final Map<Key, CompletableFuture<Void>> marks;

        private Removal(Map<Key, CompletableFuture<Void>> marks) {
            this.marks = marks;
        }

        List<Digest> diffIds() {
            return marks.keySet().stream().map(Key::diffId).toList();
        }

        @Override
        public void close() {
            synchronized (LayerClaims.this) {
                marks.forEach(removing::remove);
            }
            marks.values().forEach(mark -> mark.complete(null));
        }
    }

    /** Only those that nobody claims and nobody else is deleting. */
    synchronized Removal beginRemoval(NodeId node, Collection<Digest> diffIds) {
        Map<Key, CompletableFuture<Void>> marks = new HashMap<>();
        for (Key key : keys(node, diffIds)) {
            if (!claimed.containsKey(key) && !removing.containsKey(key)) {
                var mark = new CompletableFuture<Void>();
                marks.put(key, mark);
                removing.put(key, mark);
            }
        }
        return new Removal(marks);
    }

    private static List<Key> keys(NodeId node, Collection<Digest> diffIds) {
        List<Key> keys = new ArrayList<>();
        diffIds.stream().distinct().forEach(diffId -> keys.add(new Key(node, diffId)));
        return keys;
    }
}
