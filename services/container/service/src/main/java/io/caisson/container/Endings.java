package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.ContainerId;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Wakes those who wait for a container to end, in every process. News may get lost: who waits also looks at the database,
 * at the beginning and from time to time.
 */
@ApplicationScoped
class Endings {
    private static final String ADDRESS = "container.ended";
    private static final long LOOK_MILLIS = 5_000;

    private final Vertx vertx;
    private final ContainerStore store;
    private final LastExit lastExit;
    private final Map<ContainerId, Set<Consumer<Ended>>> listeners = new ConcurrentHashMap<>();

    Endings(Vertx vertx, ContainerStore store, LastExit lastExit) {
        this.vertx = vertx;
        this.store = store;
        this.lastExit = lastExit;
    }

    void atStart(@Observes StartupEvent event) {
        vertx.eventBus().<JsonObject>consumer(ADDRESS, message -> hear(Ended.of(message.body())));
    }

    /** To be told after it is committed. */
    void tell(Container container, boolean removed) {
        var _ = vertx.eventBus().publish(ADDRESS, Ended.of(container, removed).toJson());
    }

    private void hear(Ended ended) {
        listeners.getOrDefault(ended.id(), Set.of()).forEach(listener -> listener.accept(ended));
    }

    /** The next end after the state that {@code seen} shows, or its removal; nothing is missed since then. */
    Uni<Ended> nextAfter(Container seen) {
        return await(seen, ended -> ended.removed() || ended.ends() > seen.ends());
    }

    /** Its removal, or that this has failed: then nobody removes it before who waits has gone. */
    Uni<Ended> removalOf(Container seen) {
        boolean dead = seen.lifecycle() instanceof Lifecycle.Dead;
        return await(seen, ended -> ended.removed() || (ended.dead() && !dead));
    }

    private Uni<Ended> await(Container seen, Predicate<Ended> wanted) {
        return Uni.createFrom().emitter(emitter -> {
            Consumer<Ended> listener = ended -> {
                if (wanted.test(ended)) {
                    emitter.complete(ended);
                }
            };
            add(seen.id(), listener);
            long timer = vertx.setPeriodic(LOOK_MILLIS, _ -> look(seen, listener, emitter));
            emitter.onTermination(() -> {
                vertx.cancelTimer(timer);
                remove(seen.id(), listener);
            });
            look(seen, listener, emitter);
        });
    }

    private void look(Container seen, Consumer<Ended> listener, UniEmitter<? super Ended> emitter) {
        var _ = store.get(seen.id())
                .chain(found -> asFound(seen, found))
                .subscribe()
                .with(listener, emitter::fail);
    }

    private Uni<Ended> asFound(Container seen, Optional<Container> found) {
        return found.map(container -> Uni.createFrom().item(Ended.of(container, false)))
                .orElseGet(
                        () -> lastExit.of(seen).map(code -> new Ended(seen.id(), seen.ends() + 1, code, true, false)));
    }

    private void add(ContainerId id, Consumer<Ended> listener) {
        var _ = listeners.compute(id, (_, known) -> {
            Set<Consumer<Ended>> set = known == null ? ConcurrentHashMap.newKeySet() : known;
            set.add(listener);
            return set;
        });
    }

    private void remove(ContainerId id, Consumer<Ended> listener) {
        var _ = listeners.computeIfPresent(id, (_, set) -> {
            set.remove(listener);
            return set.isEmpty() ? null : set;
        });
    }
}
