package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;

/**
 * A process to add to a running container, to wait for, and to forget.
 *
 * @param start what to execute
 * @param timeoutMillis after which it is killed
 * @param outputLimit bytes of its output, standard and error, that are kept
 */
public record RunProbe(NodeId node, StartExec start, long timeoutMillis, int outputLimit) implements NodeBound {
    public static RunProbe of(StartExec start, long timeoutMillis, int outputLimit) {
        return new RunProbe(start.node(), start, timeoutMillis, outputLimit);
    }
}
