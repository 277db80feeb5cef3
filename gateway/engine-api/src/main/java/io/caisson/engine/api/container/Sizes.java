package io.caisson.engine.api.container;

/**
 * Bytes of a container's file system.
 *
 * @param writable in its own layer
 * @param rootFs all layers together
 */
public record Sizes(long writable, long rootFs) {}
