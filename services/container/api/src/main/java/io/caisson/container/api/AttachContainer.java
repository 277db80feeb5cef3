package io.caisson.container.api;

public record AttachContainer(String nameOrId, boolean stdin, boolean stdout, boolean stderr, boolean stream) {}
