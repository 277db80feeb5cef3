package io.caisson.container.api;

/** @param id the full one */
public record FindExec(String id) {}
