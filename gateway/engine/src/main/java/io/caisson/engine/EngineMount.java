package io.caisson.engine;

import io.caisson.bus.Ports;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.EventFeed;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the engine on the application's router. */
@ApplicationScoped
class EngineMount {
    private final EngineSettings settings;

    EngineMount(
            @ConfigProperty(name = "caisson.node", defaultValue = "local") String node,
            @ConfigProperty(name = "caisson.instance", defaultValue = "c0") String instance,
            @ConfigProperty(name = "caisson.data", defaultValue = "/var/lib/caisson") String data,
            @ConfigProperty(name = "caisson.labels") Optional<List<String>> labels,
            @ConfigProperty(name = "caisson.registry.mirrors") Optional<List<String>> mirrors,
            @ConfigProperty(name = "caisson.registry.insecure") Optional<List<String>> insecure) {
        this.settings = new EngineSettings(
                new NodeId(node),
                instance,
                data,
                labels.orElse(List.of()),
                mirrors.orElse(List.of()),
                insecure.orElse(List.of()));
    }

    void mount(@Observes Router router, Vertx vertx, Ports ports, EventFeed events) {
        Engine.mount(router, vertx, Services.on(ports, events::follow), settings);
    }
}
