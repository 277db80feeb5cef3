package io.caisson.executor.api;

/**
 * How a container's streams are set up.
 *
 * @param stdinOnce the container's stdin ends when the first attached client ends its own
 */
public record TaskStreams(boolean terminal, boolean openStdin, boolean stdinOnce, int rows, int columns) {}
