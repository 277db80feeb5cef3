package io.caisson.container.api;

/** A new size for an exec's terminal. */
public record ResizeExecTerminal(String id, int rows, int columns) {}
