package io.caisson.metadata;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Nobody waits longer than {@code caisson.database.answer} for the database: then the caller gets {@code UNAVAILABLE}.
 *
 * <p>What was asked is not cancelled: a connection that is on its way to someone who has left would never come back to the
 * pool. It ends by itself when the server answers or the connection breaks; a transaction asks first whether anybody still
 * waits, and is rolled back if not.
 */
@ApplicationScoped
class AnswerBound {
    private final Vertx vertx;
    private final long patience;

    AnswerBound(Vertx vertx, @ConfigProperty(name = "caisson.database.answer") Duration patience) {
        this.vertx = vertx;
        this.patience = Math.max(1, patience.toMillis());
    }

    /** The work is told how to ask whether it came too late. */
    <T> Uni<T> of(Function<BooleanSupplier, Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            var over = new AtomicBoolean();
            var late = new AtomicBoolean();
            long timer = vertx.setTimer(patience, _ -> giveUp(emitter, over, late));
            Cancellable running = work.apply(late::get)
                    .subscribe()
                    .with(
                            item -> {
                                over.set(true);
                                emitter.complete(item);
                            },
                            error -> {
                                over.set(true);
                                emitter.fail(error);
                            });
            emitter.onTermination(() -> {
                var _ = vertx.cancelTimer(timer);
                if (over.compareAndSet(false, true)) {
                    running.cancel();
                }
            });
        });
    }

    private static void giveUp(UniEmitter<?> emitter, AtomicBoolean over, AtomicBoolean late) {
        if (over.compareAndSet(false, true)) {
            late.set(true);
            emitter.fail(tooLate());
        }
    }

    static Fault tooLate() {
        return new Fault(Fault.Kind.UNAVAILABLE, "the database does not answer");
    }
}
