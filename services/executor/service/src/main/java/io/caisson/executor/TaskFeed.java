package io.caisson.executor;

import io.caisson.executor.api.TaskEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Tells watchers what changes. A change and its telling are one step, so that a watcher's list and the events behind it
 * fit together without a gap.
 */
final class TaskFeed {
    /** A watcher that is further behind fails; it asks again and gets a fresh list. */
    private static final int BUFFER = 16 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<MultiEmitter<? super TaskEvent>> watchers = new LinkedHashSet<>();

    Multi<TaskEvent> watch(Supplier<List<TaskEvent>> snapshot) {
        return Multi.createFrom().emitter(emitter -> begin(emitter, snapshot), BUFFER);
    }

    private void begin(MultiEmitter<? super TaskEvent> watcher, Supplier<List<TaskEvent>> snapshot) {
        lock.lock();
        try {
            watcher.onTermination(() -> forget(watcher));
            snapshot.get().forEach(watcher::emit);
            watcher.emit(new TaskEvent.Listed());
            watchers.add(watcher);
        } finally {
            lock.unlock();
        }
    }

    private void forget(MultiEmitter<? super TaskEvent> watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    void tell(TaskEvent event, Runnable change) {
        lock.lock();
        try {
            change.run();
            List.copyOf(watchers).forEach(watcher -> watcher.emit(event));
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            List.copyOf(watchers).forEach(MultiEmitter::complete);
        } finally {
            lock.unlock();
        }
    }
}
