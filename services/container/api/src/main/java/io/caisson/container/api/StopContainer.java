package io.caisson.container.api;

import org.jspecify.annotations.Nullable;

/**
 * @param signal name or number; null for the container's own
 * @param timeoutSeconds grace before SIGKILL; -1 for ever; null for the container's own (10 by default)
 */
public record StopContainer(
        String nameOrId, @Nullable String signal, @Nullable Integer timeoutSeconds) {}
