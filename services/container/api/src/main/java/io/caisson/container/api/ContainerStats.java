package io.caisson.container.api;

import io.caisson.executor.api.TaskUsage;
import io.caisson.kernel.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * What a container uses.
 *
 * @param now null when it does not run
 * @param before the sample that this reader was told before, or that was taken for comparison; null when there is none
 */
public record ContainerStats(
        ContainerId id,
        String name,
        @Nullable TaskUsage now,
        @Nullable TaskUsage before) {}
