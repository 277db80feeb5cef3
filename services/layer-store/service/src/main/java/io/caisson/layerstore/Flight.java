package io.caisson.layerstore;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One piece of shared work and those who wait for it. */
final class Flight<T> {
    private final Consumer<Flight<T>> landed;
    private final List<MultiEmitter<? super T>> riders = new ArrayList<>();
    private @Nullable T last;
    private @Nullable Cancellable running;
    private boolean over;

    Flight(Consumer<Flight<T>> landed) {
        this.landed = landed;
    }

    /** False when it is over: another one is needed. */
    synchronized boolean board(MultiEmitter<? super T> rider) {
        if (over) {
            return false;
        }
        riders.add(rider);
        if (last != null) {
            rider.emit(last);
        }
        return true;
    }

    void start(Uni<T> work) {
        Cancellable started = work.subscribe()
                .with(
                        item -> end(rider -> {
                            rider.emit(item);
                            rider.complete();
                        }),
                        error -> end(rider -> rider.fail(error)));
        if (isRunning(started)) {
            return;
        }
        started.cancel();
    }

    private synchronized boolean isRunning(Cancellable started) {
        running = started;
        return !over;
    }

    synchronized void report(T progress) {
        last = progress;
        riders.forEach(rider -> rider.emit(progress));
    }

    void leave(MultiEmitter<? super T> rider) {
        Cancellable abandoned = left(rider);
        if (abandoned != null) {
            abandoned.cancel();
        }
    }

    private synchronized @Nullable Cancellable left(MultiEmitter<? super T> rider) {
        riders.remove(rider);
        if (over || !riders.isEmpty()) {
            return null;
        }
        over = true;
        landed.accept(this);
        return running;
    }

    private void end(Consumer<MultiEmitter<? super T>> tell) {
        List<MultiEmitter<? super T>> waiting;
        synchronized (this) {
            over = true;
            landed.accept(this);
            waiting = List.copyOf(riders);
        }
        waiting.forEach(tell);
    }
}
