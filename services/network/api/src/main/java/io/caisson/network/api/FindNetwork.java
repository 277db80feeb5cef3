package io.caisson.network.api;

/** By full id, name, or unambiguous id prefix, tried in that order. */
public record FindNetwork(String nameOrId) {}
