package io.caisson.kernel;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Undo steps of a sequence, run newest first when a later step fails or the caller goes away.
 *
 * <p>The first error is the one reported; errors of undo steps are attached to it as suppressed.
 *
 * <pre>{@code
 * var undo = new Compensations();
 * return undo.guard(allocate().invoke(a -> undo.push(() -> release(a))).chain(this::start));
 * }</pre>
 */
public final class Compensations {
    private final Deque<Supplier<Uni<?>>> steps = new ArrayDeque<>();

    /** Registers what undoes the step that has just succeeded. */
    public synchronized void push(Supplier<Uni<?>> step) {
        steps.push(step);
    }

    /** The same sequence, undone on failure and on cancellation; a success forgets the steps. */
    public <T> Uni<T> guard(Uni<T> sequence) {
        return sequence.onFailure()
                .recoverWithUni(error -> undo(error).onItem().transformToUni(_ -> Uni.createFrom()
                        .<T>failure(error)))
                .onCancellation()
                .call(() -> undo(new Fault(Fault.Kind.CANCELLED, "cancelled")));
    }

    private Uni<Done> undo(Throwable error) {
        Supplier<Uni<?>> step = next();
        if (step == null) {
            return Uni.createFrom().item(Done.DONE);
        }
        return Uni.createFrom()
                .deferred(() -> step.get().replaceWith(Done.DONE))
                .onFailure()
                .recoverWithItem(suppressed -> {
                    error.addSuppressed(suppressed);
                    return Done.DONE;
                })
                .chain(() -> undo(error));
    }

    private synchronized @Nullable Supplier<Uni<?>> next() {
        return steps.poll();
    }
}
