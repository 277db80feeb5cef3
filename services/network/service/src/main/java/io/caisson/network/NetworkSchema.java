package io.caisson.network;

import io.caisson.metadata.ServiceSchema;
import jakarta.enterprise.context.ApplicationScoped;

/** The schema of this service's tables. */
@ApplicationScoped
class NetworkSchema implements ServiceSchema {
    @Override
    public String name() {
        return "network";
    }
}
