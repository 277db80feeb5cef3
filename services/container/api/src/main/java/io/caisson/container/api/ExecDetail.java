package io.caisson.container.api;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import org.jspecify.annotations.Nullable;

/**
 * An exec as {@code inspect} shows it.
 *
 * @param exitCode null before it has ended
 * @param pid 0 when it does not run
 */
public record ExecDetail(
        ExecId id,
        ContainerId container,
        ExecConfig config,
        boolean running,
        @Nullable Integer exitCode,
        int pid) {}
