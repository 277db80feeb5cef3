package io.caisson.container.api;

/** A process to be added to a running container. */
public record CreateExec(String nameOrId, ExecConfig config) {}
