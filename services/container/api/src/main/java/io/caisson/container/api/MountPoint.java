package io.caisson.container.api;

import org.jspecify.annotations.Nullable;

/** A mount as {@code inspect} shows it. */
public record MountPoint(
        String type,
        @Nullable String name,
        String source,
        String destination,
        @Nullable String driver,
        String mode,
        boolean readWrite,
        String propagation) {}
