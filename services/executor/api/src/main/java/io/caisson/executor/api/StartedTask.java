package io.caisson.executor.api;

import java.time.Instant;

/** @param pid of the container's init, in the host's pid namespace */
public record StartedTask(int pid, Instant startedAt) {}
