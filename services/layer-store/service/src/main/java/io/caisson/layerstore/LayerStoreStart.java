package io.caisson.layerstore;

import io.caisson.bus.Ports;
import io.caisson.bus.upkeep.Periodic;
import io.caisson.kernel.Done;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.Volumes;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The service's start: first rows and disk agree, then commands are taken. */
@ApplicationScoped
class LayerStoreStart {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** An archive that was not used for so many rounds of upkeep has lost its owner. */
    private static final int IDLE_ROUNDS = 5;

    private @Nullable Periodic upkeep;

    void atStart(
            @Observes StartupEvent event,
            Ports ports,
            ReconcileSequence reconcile,
            NodeLayerStore store,
            NodeVolumes volumes,
            LayerStoreSettings settings,
            StraySweep strays,
            OpenArchives archives,
            Vertx vertx,
            @ConfigProperty(name = "caisson.mend-every", defaultValue = "60s") Duration every) {
        Done _ = reconcile.reconcile().await().atMost(PATIENCE);
        ports.serve(LayerStore.class, store, settings.node());
        ports.serve(Volumes.class, volumes, settings.node());
        Duration idle = every.multipliedBy(IDLE_ROUNDS);
        upkeep = Periodic.start(
                vertx, "upkeep of layers", every, () -> archives.sweep(idle).chain(strays::sweep));
    }

    @PreDestroy
    void close() {
        if (upkeep != null) {
            upkeep.close();
        }
    }
}
