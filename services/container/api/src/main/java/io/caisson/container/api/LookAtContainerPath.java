package io.caisson.container.api;

/** @param path in the container; a slash or {@code /.} at its end means the content of a folder */
public record LookAtContainerPath(String nameOrId, String path) {}
