package io.caisson.container.api;

/** @param changes what is zero or null in it stays as it is; limits and the restart policy count, nothing else */
public record UpdateContainer(String nameOrId, HostConfig changes) {}
