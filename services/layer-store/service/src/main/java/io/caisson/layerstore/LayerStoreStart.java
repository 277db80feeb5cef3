package io.caisson.layerstore;

import io.caisson.bus.Ports;
import io.caisson.kernel.Done;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.Volumes;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** The service's start: first rows and disk agree, then commands are taken. */
@ApplicationScoped
class LayerStoreStart {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    void atStart(
            @Observes StartupEvent event,
            Ports ports,
            ReconcileSequence reconcile,
            NodeLayerStore store,
            NodeVolumes volumes,
            LayerStoreSettings settings) {
        Done _ = reconcile.reconcile().await().atMost(PATIENCE);
        ports.serve(LayerStore.class, store, settings.node());
        ports.serve(Volumes.class, volumes, settings.node());
    }
}
