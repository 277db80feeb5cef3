package io.caisson.network.api;

import io.caisson.kernel.ContainerId;

/** A container's new name, without the leading slash. */
public record RenameEndpoints(ContainerId container, String name) {}
