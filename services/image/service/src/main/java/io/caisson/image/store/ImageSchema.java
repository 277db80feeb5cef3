package io.caisson.image.store;

import io.caisson.metadata.ServiceSchema;
import jakarta.enterprise.context.ApplicationScoped;

/** The schema {@code image}. */
@ApplicationScoped
class ImageSchema implements ServiceSchema {
    @Override
    public String name() {
        return "image";
    }
}
