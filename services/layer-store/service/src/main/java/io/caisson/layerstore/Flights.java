package io.caisson.layerstore;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work that several callers may want at once and that is done once: all of them see its progress and its end. When the last
 * of them goes away, it is cancelled.
 */
final class Flights<T> {
    private final Map<String, Flight<T>> inAir = new ConcurrentHashMap<>();

    /** @param start gets a place to report progress to; its result is the last item */
    Multi<T> join(String key, Function<Consumer<T>, Uni<T>> start) {
        return Multi.createFrom().emitter(rider -> board(key, rider, start), BackPressureStrategy.LATEST);
    }

    private void board(String key, MultiEmitter<? super T> rider, Function<Consumer<T>, Uni<T>> start) {
        while (true) {
            var fresh = new Flight<T>(flight -> inAir.remove(key, flight));
            Flight<T> flight = inAir.computeIfAbsent(key, _ -> fresh);
            if (flight.board(rider)) {
                rider.onTermination(() -> flight.leave(rider));
                if (flight == fresh) {
                    flight.start(Uni.createFrom().deferred(() -> start.apply(fresh::report)));
                }
                return;
            }
            inAir.remove(key, flight);
        }
    }
}
