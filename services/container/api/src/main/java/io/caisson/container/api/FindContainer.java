package io.caisson.container.api;

/** A container by full id, name or unambiguous id prefix. */
public record FindContainer(String nameOrId) {}
