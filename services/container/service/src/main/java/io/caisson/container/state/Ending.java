package io.caisson.container.state;

import java.time.Instant;

/** The end of a run, as the executor saw it. */
public record Ending(int exitCode, boolean oomKilled, Instant at) {}
