package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A reading of a container's log.
 *
 * @param tail how many of the last lines; -1 for all
 * @param since inclusive, nanoseconds since the epoch; null for the beginning
 * @param until exclusive likewise; null for no end
 * @param details stands before every line, behind its time; null for nothing
 * @param follow go on until the container ends
 */
public record ReadLogs(
        NodeId node,
        ContainerId container,
        boolean stdout,
        boolean stderr,
        long tail,
        @Nullable Long since,
        @Nullable Long until,
        boolean timestamps,
        boolean follow,
        @Nullable String details,
        LogFraming framing)
        implements NodeBound {}
