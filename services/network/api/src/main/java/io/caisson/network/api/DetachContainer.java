package io.caisson.network.api;

import io.caisson.kernel.ContainerId;

/** A container that has ended, or did not start. */
public record DetachContainer(ContainerId container) {}
