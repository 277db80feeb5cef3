package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamServer;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the recording layer store on the bus, for the node {@code local}. */
@ApplicationScoped
class LayerStoreDouble {
    static final NodeId NODE = new NodeId("local");

    @Produces
    @Singleton
    RecordingLayerStore store(StreamServer streams) {
        return new RecordingLayerStore(streams);
    }

    void start(@Observes StartupEvent event, Ports ports, RecordingLayerStore store) {
        ports.serve(LayerStore.class, store, NODE);
    }
}
