package io.caisson.container.api;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.ContainerId;

/** @param terminal raw bytes instead of stdcopy frames */
public record AttachedStream(ContainerId container, StreamTarget target, boolean terminal) {}
