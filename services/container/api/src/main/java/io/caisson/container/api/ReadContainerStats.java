package io.caisson.container.api;

/**
 * @param follow a sample every second until the container is removed; else one
 * @param primed one sample only after another, so that there is something to compare it with
 */
public record ReadContainerStats(String nameOrId, boolean follow, boolean primed) {}
