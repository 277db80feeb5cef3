package io.caisson.image.api;

import io.caisson.bus.stream.StreamTarget;

public record ArchiveUpload(String archive, StreamTarget target) {}
