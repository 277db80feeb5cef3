package io.caisson.executor;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** One at a time: whoever has a stopped container's root file system mounted, or starts the container. */
final class StoppedGate {
    private final Map<ContainerId, Line> lines = new HashMap<>();

    private static final class Line {
        private final Semaphore one = new Semaphore(1, true);
        private int users;
    }

    /** Waits until it is free. Any thread may give it back, once. */
    Runnable take(ContainerId container) {
        Line line;
        synchronized (lines) {
            line = lines.computeIfAbsent(container, _ -> new Line());
            line.users++;
        }
        try {
            line.one.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(container, line);
            throw new Fault(Fault.Kind.CANCELLED, "interrupted", e);
        }
        return () -> {
            line.one.release();
            leave(container, line);
        };
    }

    private void leave(ContainerId container, Line line) {
        synchronized (lines) {
            if (--line.users == 0) {
                lines.remove(container);
            }
        }
    }
}
