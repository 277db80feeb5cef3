package io.caisson.container.store;

import io.caisson.metadata.ServiceSchema;
import jakarta.enterprise.context.ApplicationScoped;

/** The schema {@code container}. */
@ApplicationScoped
class ContainerSchema implements ServiceSchema {
    @Override
    public String name() {
        return "container";
    }
}
