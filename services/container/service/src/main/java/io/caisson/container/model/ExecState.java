package io.caisson.container.model;

import java.time.Instant;

/** Where an exec stands: created, started, ended, in this order. */
public sealed interface ExecState {
    record Created() implements ExecState {}

    /** Its start was asked for; whether it still runs is for its node to say. */
    record Started() implements ExecState {}

    record Ended(int exitCode, Instant at) implements ExecState {}
}
