package io.caisson.container.api;

import org.jspecify.annotations.Nullable;

/** @param signal name or number; null for SIGKILL. INVALID {@code invalid signal: x} otherwise */
public record KillContainer(String nameOrId, @Nullable String signal) {}
