package io.caisson.container.api;

import io.caisson.bus.stream.StreamTarget;

/**
 * @param terminal raw bytes instead of stdcopy frames
 * @param stdin whether it takes input
 * @param detachKeys empty for the default
 */
public record AttachedExec(StreamTarget target, boolean terminal, boolean stdin, String detachKeys) {}
