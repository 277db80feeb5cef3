package io.caisson.executor;

import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.api.WatchTasks;
import io.caisson.kernel.ContainerId;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Everything a watcher was told. */
final class TaskLogbook implements AutoCloseable {
    private final List<TaskEvent> events = new CopyOnWriteArrayList<>();
    private final Cancellable subscription;

    TaskLogbook(HostExecutor executor) {
        subscription = executor.watch(new WatchTasks(TestHost.NODE)).subscribe().with(this::add);
    }

    private synchronized void add(TaskEvent event) {
        events.add(event);
        notifyAll();
    }

    TaskEvent.Exited awaitExit(ContainerId container) {
        return (TaskEvent.Exited) await(event ->
                event instanceof TaskEvent.Exited exited && exited.container().equals(container));
    }

    synchronized TaskEvent await(Predicate<TaskEvent> wanted) {
        long deadline = System.nanoTime() + TestHost.LIMIT.toNanos();
        while (true) {
            var found = events.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("never told; only " + events);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    List<TaskEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        subscription.cancel();
    }
}
