package io.caisson.executor;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamServer;
import io.caisson.bus.upkeep.Periodic;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.SetNames;
import io.caisson.network.api.ListNames;
import io.caisson.network.api.Networks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings the executor to life with the process, and serves it on the bus. */
@ApplicationScoped
class ExecutorStartup {
    private static final Logger LOG = Logger.getLogger(ExecutorStartup.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ExecutorSettings settings;
    private final Ports ports;
    private final StreamServer streams;
    private final Vertx vertx;
    private @Nullable HostExecutor executor;
    private @Nullable Periodic upkeep;

    ExecutorStartup(ExecutorSettings settings, Ports ports, StreamServer streams, Vertx vertx) {
        this.settings = settings;
        this.ports = ports;
        this.streams = streams;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) throws IOException {
        var runtimes = new Runtimes(settings.runtime, Map.of("runc", "runc", "crun", "crun"));
        var started = new HostExecutor(
                settings.places(), settings.monitor, runtimes, settings.init, settings.ways(), streams);
        executor = started;
        started.reconcile();
        ports.serve(Executor.class, started, settings.node());
        askForNames(started);
        upkeep = Periodic.start(vertx, "upkeep of the executor", settings.mendEvery, started::mend);
    }

    /** Who can be found by which name is the network service's to know; it may come up later than this one. */
    private void askForNames(HostExecutor started) {
        ports.client(Networks.class)
                .names(new ListNames(settings.node()))
                .chain(names -> started.setNames(new SetNames(settings.node(), names.tables(), List.of())))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .subscribe()
                .with(_ -> LOG.debug("names are known"), t -> LOG.warn("names are unknown", t));
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        if (upkeep != null) {
            upkeep.close();
        }
        if (executor != null) {
            executor.close();
        }
    }
}
