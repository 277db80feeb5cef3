package io.caisson.engine.http;

import io.smallrye.mutiny.Uni;

/** What a route does. Called on the event loop; a fault thrown is a fault answered. */
@FunctionalInterface
public interface Action {
    Uni<Answer> answer(Exchange exchange);
}
