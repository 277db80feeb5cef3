package io.caisson.container;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Writes to one container happen one after the other, in the order they came.
 *
 * <p>A turn that has been asked for is carried out to its end, whether or not its caller still listens. A turn must not ask
 * for another turn of the same container and wait for it.
 */
@ApplicationScoped
class Turns {
    private static final int LONGEST_LINE = 256;

    /** Those behind the one whose turn it is; an entry exists while somebody has the turn. */
    private final Map<ContainerId, Queue<Runnable>> lines = new ConcurrentHashMap<>();

    /** UNAVAILABLE when too many wait already. */
    <T> Uni<T> take(ContainerId id, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var result = new CompletableFuture<T>();
            enter(
                    id,
                    () -> run(
                            Uni.createFrom().deferred(work::get).onTermination().invoke(() -> leave(id)), result));
            return Uni.createFrom().completionStage(result);
        });
    }

    /** The same without a line to stand in. */
    <T> Uni<T> detached(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            var result = new CompletableFuture<T>();
            run(work, result);
            return Uni.createFrom().completionStage(result);
        });
    }

    private static <T> void run(Uni<T> work, CompletableFuture<T> result) {
        var _ = work.subscribe().with(result::complete, result::completeExceptionally);
    }

    private void enter(ContainerId id, Runnable turn) {
        boolean[] first = {false};
        var _ = lines.compute(id, (_, line) -> {
            if (line == null) {
                first[0] = true;
                return new ArrayDeque<>();
            }
            if (line.size() >= LONGEST_LINE) {
                throw new Fault(Fault.Kind.UNAVAILABLE, "too many requests for container " + id);
            }
            line.add(turn);
            return line;
        });
        if (first[0]) {
            turn.run();
        }
    }

    private void leave(ContainerId id) {
        Runnable[] next = {null};
        var _ = lines.computeIfPresent(id, (_, line) -> {
            next[0] = line.poll();
            return next[0] == null ? null : line;
        });
        if (next[0] != null) {
            next[0].run();
        }
    }
}
