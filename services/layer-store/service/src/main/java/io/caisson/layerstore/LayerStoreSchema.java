package io.caisson.layerstore;

import io.caisson.metadata.ServiceSchema;
import jakarta.enterprise.context.ApplicationScoped;

/** The schema of this service's tables. */
@ApplicationScoped
class LayerStoreSchema implements ServiceSchema {
    @Override
    public String name() {
        return "layer_store";
    }
}
