package io.caisson.container.api;

/** @param volumes its anonymous volumes too */
public record RemoveContainer(String nameOrId, boolean force, boolean volumes, boolean link) {}
