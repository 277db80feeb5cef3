package io.caisson.executor;

import io.caisson.executor.api.SignalTask;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import java.time.Instant;

/** Ends containers at a test's end, whatever became of them. */
final class Endings {
    private Endings() {}

    static void endAndPurge(TestHost host, ContainerId container) {
        Instant deadline = Instant.now().plus(TestHost.LIMIT);
        while (true) {
            try {
                TestHost.await(host.executor().purge(TestHost.ref(container)));
                return;
            } catch (Fault running) {
                if (Instant.now().isAfter(deadline)) {
                    throw running;
                }
                kill(host, container);
            }
        }
    }

    private static void kill(TestHost host, ContainerId container) {
        try {
            TestHost.await(host.executor().signal(new SignalTask(TestHost.NODE, container, 9)));
        } catch (Fault _) {
            // has ended meanwhile
        }
    }
}
