package io.caisson.executor;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamServer;
import io.caisson.executor.api.Executor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings the executor to life with the process, and serves it on the bus. */
@ApplicationScoped
class ExecutorStartup {
    private final ExecutorSettings settings;
    private final Ports ports;
    private final StreamServer streams;
    private @Nullable HostExecutor executor;

    ExecutorStartup(ExecutorSettings settings, Ports ports, StreamServer streams) {
        this.settings = settings;
        this.ports = ports;
        this.streams = streams;
    }

    void start(@Observes StartupEvent event) throws IOException {
        var runtimes = new Runtimes(settings.runtime, Map.of("runc", "runc", "crun", "crun"));
        var started = new HostExecutor(settings.places(), settings.monitor, runtimes, streams);
        executor = started;
        started.reconcile();
        ports.serve(Executor.class, started, settings.node());
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        if (executor != null) {
            executor.close();
        }
    }
}
