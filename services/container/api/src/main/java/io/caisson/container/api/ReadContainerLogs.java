package io.caisson.container.api;

import org.jspecify.annotations.Nullable;

/**
 * @param since and {@code until}: nanoseconds since the epoch
 * @param details the attributes that {@code --log-opt} asked for stand before every line
 * @param sharedFrames lines may share a frame; otherwise each is a frame of its own, where there are frames
 */
public record ReadContainerLogs(
        String nameOrId,
        boolean stdout,
        boolean stderr,
        long tail,
        @Nullable Long since,
        @Nullable Long until,
        boolean timestamps,
        boolean follow,
        boolean details,
        boolean sharedFrames) {}
