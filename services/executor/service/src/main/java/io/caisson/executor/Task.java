package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.monitor.ListeningSocket;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.TaskFolder;
import io.caisson.executor.task.TaskRecord;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One container's runs, one at a time: the state, and the socket that clients dial. Some methods block. */
final class Task {
    private static final long CLEANUP_SECONDS = 30;

    private final TaskFolder folder;
    /** Held by whoever changes the network of a task that runs. */
    private final ReentrantLock network = new ReentrantLock();

    private TaskState state = new TaskState.Waiting();
    private @Nullable ListeningSocket socket;
    private @Nullable TaskRecord record;
    private @Nullable TerminalSize size;
    private @Nullable String group;
    /** Completed when the last run's monitor has cleaned up: the id, its folders and its socket are free. */
    private CompletableFuture<Void> cleaned = CompletableFuture.completedFuture(null);

    Task(TaskFolder folder) {
        this.folder = folder;
    }

    TaskFolder folder() {
        return folder;
    }

    ContainerId container() {
        return folder.container();
    }

    synchronized TaskState state() {
        return state;
    }

    /** When the run that is there began; now where nobody wrote that down. */
    synchronized Instant startedAt() {
        return record == null || record.startedAt() == null ? Instant.now() : record.startedAt();
    }

    synchronized Optional<TaskRecord> record() {
        return Optional.ofNullable(record);
    }

    /** A socket that clients may dial now, whether or not the container has started. */
    Path dial() throws IOException {
        if (isActive()) {
            return folder.socket();
        }
        awaitCleanup();
        synchronized (this) {
            if (!isActive()) {
                var _ = listen();
            }
            return folder.socket();
        }
    }

    private ListeningSocket listen() throws IOException {
        if (socket == null) {
            socket = ListeningSocket.bind(folder.socket());
        }
        return socket;
    }

    /** Claims the task for one start. CONFLICT while it runs. */
    ListeningSocket begin(TaskRecord starting) throws IOException {
        if (!isActive()) {
            awaitCleanup();
        }
        synchronized (this) {
            if (isActive()) {
                throw Fault.conflict("container " + container() + " is already running");
            }
            ListeningSocket listening = listen();
            state = new TaskState.Starting();
            record = starting;
            group = null;
            cleaned = new CompletableFuture<>();
            return listening;
        }
    }

    synchronized boolean isActive() {
        return state instanceof TaskState.Starting || state instanceof TaskState.Running;
    }

    /** The start did not happen: those who wait on the socket are let go. */
    synchronized void abandon() throws IOException {
        if (socket != null) {
            socket.abandon();
            socket = null;
        }
        state = new TaskState.Waiting();
        record = null;
        var _ = cleaned.complete(null);
    }

    synchronized void running(int pid) {
        if (socket != null) {
            socket.close();
            socket = null;
        }
        state = new TaskState.Running(pid);
    }

    /** One that was there before this executor. */
    synchronized void adopt(TaskRecord found, TaskState as) {
        record = found;
        state = as;
        if (as instanceof TaskState.Running) {
            cleaned = new CompletableFuture<>();
        }
    }

    /** The control group of a task that runs. Reads a file the first time. */
    String group() throws IOException {
        synchronized (this) {
            if (group != null) {
                return group;
            }
        }
        String found = groupOf(WireJson.mapper()
                .readValue(folder.config().toFile(), RuntimeSpec.class)
                .linux());
        synchronized (this) {
            group = found;
        }
        return found;
    }

    private String groupOf(RuntimeSpec.Linux linux) {
        if (linux.cgroupsPath() == null) {
            throw Fault.internal("container " + container() + " has no control group of its own", null);
        }
        return linux.cgroupsPath();
    }

    ReentrantLock network() {
        return network;
    }

    synchronized void reconnected(TaskRecord after) {
        record = after;
    }

    synchronized void ended(Outcome outcome) {
        state = new TaskState.Ended(outcome);
    }

    synchronized void lost(Instant noticedAt) {
        state = new TaskState.Lost(noticedAt);
    }

    synchronized void cleanedUp() {
        var _ = cleaned.complete(null);
    }

    /** Waits until nothing of the last run is left. */
    void awaitCleanup() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            waiting = cleaned;
        }
        try {
            var _ = waiting.get(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Kind.CANCELLED, "interrupted", e);
        } catch (TimeoutException e) {
            throw new Fault(Fault.Kind.UNAVAILABLE, "container " + container() + " is still being cleaned up", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw Fault.of(e);
        }
    }

    synchronized void remember(TerminalSize wanted) {
        size = wanted;
    }

    synchronized Optional<TerminalSize> size() {
        return Optional.ofNullable(size);
    }

    /** A terminal's size in characters. */
    record TerminalSize(int rows, int columns) {
        String command() {
            return "resize " + rows + " " + columns;
        }
    }
}
