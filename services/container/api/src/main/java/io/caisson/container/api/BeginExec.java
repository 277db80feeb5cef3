package io.caisson.container.api;

/**
 * The one start of an exec.
 *
 * @param detach nobody is attached: it has no input
 * @param rows of its terminal; 0 when not known, as with {@code columns}
 */
public record BeginExec(String id, boolean detach, int rows, int columns) {}
