package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.bus.upkeep.Periodic;
import io.caisson.executor.api.EnsureBridges;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.SetNames;
import io.caisson.kernel.Done;
import io.caisson.metadata.Transactions;
import io.caisson.network.store.NetworkRows;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** From time to time the node hears again which bridges and names there are, and interrupted removals are finished. */
@ApplicationScoped
class NetworkUpkeep {
    private final Transactions transactions;
    private final NetworkSettings settings;
    private final RemoveSequence remove;
    private final NamePush names;
    private final Executor executor;
    private final Vertx vertx;
    private final Duration every;
    private @Nullable Periodic timer;
    /** Networks on their way out the last time: those that still are have been forgotten. */
    private Set<String> leaving = Set.of();

    NetworkUpkeep(
            Transactions transactions,
            NetworkSettings settings,
            RemoveSequence remove,
            NamePush names,
            Ports ports,
            Vertx vertx,
            @ConfigProperty(name = "caisson.mend-every", defaultValue = "60s") Duration every) {
        this.transactions = transactions;
        this.settings = settings;
        this.remove = remove;
        this.names = names;
        this.executor = ports.client(Executor.class);
        this.vertx = vertx;
        this.every = every;
    }

    void atStart(@Observes StartupEvent event) {
        timer = Periodic.start(vertx, "upkeep of networks", every, this::run);
    }

    private Uni<Done> run() {
        return ensureBridges()
                .chain(names::all)
                .chain(tables -> executor.setNames(new SetNames(settings.node(), tables, List.of())))
                .chain(() -> remove.finishForgotten(leaving))
                .invoke(still -> leaving = still)
                .replaceWith(Done.DONE);
    }

    private Uni<Done> ensureBridges() {
        return transactions.withSession(NetworkRows::all).chain(rows -> {
            var bridges = rows.stream()
                    .map(NetworkMapping::bridge)
                    .filter(Objects::nonNull)
                    .toList();
            return executor.ensureBridges(new EnsureBridges(settings.node(), bridges));
        });
    }

    @PreDestroy
    void close() {
        if (timer != null) {
            timer.close();
        }
    }
}
