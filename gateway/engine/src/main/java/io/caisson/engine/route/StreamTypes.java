package io.caisson.engine.route;

import io.caisson.engine.api.ApiVersion;

/** Content types of container output. */
final class StreamTypes {
    private static final int MULTIPLEXED = 42;

    private StreamTypes() {}

    /** Frames have a type of their own from 1.42 on. */
    static String of(boolean terminal, ApiVersion version) {
        return terminal || !version.atLeast(MULTIPLEXED)
                ? "application/vnd.docker.raw-stream"
                : "application/vnd.docker.multiplexed-stream";
    }
}
