package io.caisson.engine.api.network;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /volumes/create}; an empty name makes an anonymous volume. */
public record VolumeBody(
        @Nullable String name,
        @Nullable String driver,
        @Nullable Map<String, String> driverOpts,
        @Nullable Map<String, String> labels) {}
