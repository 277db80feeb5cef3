package io.caisson.image.api;

/** What a load tells. */
public sealed interface LoadProgress {
    /** A line for the client, e.g. {@code Loaded image: busybox:latest} or {@code Loaded image ID: sha256:…}. */
    record Loaded(String line) implements LoadProgress {}

    /** A layer being unpacked. */
    record Layer(String shortId, long current, long total) implements LoadProgress {}
}
