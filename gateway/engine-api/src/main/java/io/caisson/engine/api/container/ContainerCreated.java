package io.caisson.engine.api.container;

import io.caisson.container.api.CreatedContainer;
import java.util.List;

/** The answer to a create. */
public record ContainerCreated(String id, List<String> warnings) {
    public static ContainerCreated of(CreatedContainer created) {
        return new ContainerCreated(created.id().value(), created.warnings());
    }
}
