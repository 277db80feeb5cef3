package io.caisson.executor;

import io.caisson.executor.network.HostNetwork;
import io.caisson.executor.task.Places;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.util.Optional;

/** Removes what tasks that do not run left on the host. Blocks. */
final class TaskRelease {
    private final Places places;
    private final Tasks tasks;
    private final Execs execs;
    private final HostNetwork network;
    private final Making making;

    TaskRelease(Places places, Tasks tasks, Execs execs, HostNetwork network, Making making) {
        this.places = places;
        this.tasks = tasks;
        this.execs = execs;
        this.network = network;
        this.making = making;
    }

    void release(ContainerId container) throws IOException {
        Optional<Task> found = tasks.find(container);
        if (found.isPresent()) {
            Task task = found.get();
            if (task.isActive()) {
                throw Fault.conflict("container " + container + " is running");
            }
            task.awaitCleanup();
            task.abandon();
            tasks.forget(task);
        }
        network.ports().release(container);
        making.forget(places.folder(container));
        places.folder(container).removeRun();
    }

    /** And its log and generated files. */
    void purge(ContainerId container) throws IOException {
        release(container);
        execs.purge(container);
        places.folder(container).removeData();
    }
}
