package io.caisson.layerstore.api;

/** @param bytes of the regular files in the volume */
public record VolumeUsage(long bytes) {}
