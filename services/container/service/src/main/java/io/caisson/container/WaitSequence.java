package io.caisson.container;

import io.caisson.container.api.WaitContainer;
import io.caisson.container.api.WaitEvent;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;

/** {@code docker wait}: the listener is in place before the caller hears that it is. */
@ApplicationScoped
class WaitSequence {
    private final ContainerStore store;
    private final Endings endings;

    WaitSequence(ContainerStore store, Endings endings) {
        this.store = store;
        this.endings = endings;
    }

    Multi<WaitEvent> waitFor(WaitContainer query) {
        return store.find(query.nameOrId()).onItem().transformToMulti(container -> switch (query.condition()) {
            case NOT_RUNNING -> whenNotRunning(container);
            case NEXT_EXIT -> when(endings.nextAfter(container));
            case REMOVED -> when(endings.removalOf(container));
        });
    }

    private Multi<WaitEvent> whenNotRunning(Container container) {
        return container.lifecycle() instanceof Lifecycle.Live
                ? when(endings.nextAfter(container))
                : Multi.createFrom()
                        .items(
                                new WaitEvent.Registered(),
                                new WaitEvent.Ended(
                                        container.lifecycle().shown().exitCode(), null));
    }

    private static Multi<WaitEvent> when(Uni<Ended> ending) {
        var ended = new CompletableFuture<WaitEvent>();
        var listening = ending.subscribe()
                .with(news -> ended.complete(new WaitEvent.Ended(news.exitCode(), null)), ended::completeExceptionally);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().<WaitEvent>item(new WaitEvent.Registered()),
                        Uni.createFrom().completionStage(ended).toMulti())
                .onTermination()
                .invoke(listening::cancel);
    }
}
