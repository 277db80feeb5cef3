package io.caisson.layerstore.api;

import io.caisson.bus.stream.StreamTarget;

public record OpenedArchive(String id, StreamTarget upload) {}
