package io.caisson.layerstore.api;

/** @param writable bytes in the read-write layer */
public record SnapshotUsage(long writable) {}
