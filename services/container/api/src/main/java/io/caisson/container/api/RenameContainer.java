package io.caisson.container.api;

public record RenameContainer(String nameOrId, String newName) {}
