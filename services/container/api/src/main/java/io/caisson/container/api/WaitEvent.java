package io.caisson.container.api;

import org.jspecify.annotations.Nullable;

public sealed interface WaitEvent {
    /** From now on nothing is missed. */
    record Registered() implements WaitEvent {}

    /** @param error why it could not be waited for, or why the container did not start */
    record Ended(int exitCode, @Nullable String error) implements WaitEvent {}
}
