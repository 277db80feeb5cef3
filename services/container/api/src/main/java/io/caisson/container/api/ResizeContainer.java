package io.caisson.container.api;

public record ResizeContainer(String nameOrId, int rows, int columns) {}
