package io.caisson.container.api;

import io.caisson.kernel.ExecId;

/** A process that can be started now. */
public record CreatedExec(ExecId id) {}
