package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.kernel.NodeId;

/** The one node of all tests that share the application. */
final class TestNode {
    static final RecordingExecutor NODE = new RecordingExecutor();
    private static boolean served;

    private TestNode() {}

    static synchronized void serve(Ports ports) {
        if (!served) {
            ports.serve(Executor.class, NODE.port(), new NodeId("local"));
            served = true;
        }
    }
}
