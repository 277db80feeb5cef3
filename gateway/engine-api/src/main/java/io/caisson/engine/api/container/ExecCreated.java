package io.caisson.engine.api.container;

import io.caisson.container.api.CreatedExec;

/** The answer to the creation of an exec. */
public record ExecCreated(String id) {
    public static ExecCreated of(CreatedExec created) {
        return new ExecCreated(created.id().value());
    }
}
