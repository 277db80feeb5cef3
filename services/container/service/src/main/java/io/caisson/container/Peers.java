package io.caisson.container;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.image.api.Images;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.Volumes;
import io.caisson.network.api.Networks;
import jakarta.enterprise.context.ApplicationScoped;

/** The other services, wherever they run. */
@ApplicationScoped
class Peers {
    private final Images images;
    private final LayerStore layers;
    private final Volumes volumes;
    private final Networks networks;
    private final Executor executor;

    Peers(Ports ports) {
        this.images = ports.client(Images.class);
        this.layers = ports.client(LayerStore.class);
        this.volumes = ports.client(Volumes.class);
        this.networks = ports.client(Networks.class);
        this.executor = ports.client(Executor.class);
    }

    Images images() {
        return images;
    }

    LayerStore layers() {
        return layers;
    }

    Volumes volumes() {
        return volumes;
    }

    Networks networks() {
        return networks;
    }

    Executor executor() {
        return executor;
    }
}
