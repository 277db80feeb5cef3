package io.caisson.executor;

import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.monitor.ListeningSocket;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.task.ExecFolder;
import io.caisson.executor.task.Outcome;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process that is added to a container, once: its state, and the socket that clients dial. Some methods block. */
final class Exec {
    private final ContainerId container;
    private final ExecId id;
    private final ExecFolder folder;
    private final CompletableFuture<Outcome> end = new CompletableFuture<>();

    private ExecStatus status = new ExecStatus.Unknown();
    private boolean begun;
    private boolean orphan;
    private @Nullable ListeningSocket socket;
    private Task.@Nullable TerminalSize size;

    Exec(ContainerId container, ExecId id, ExecFolder folder) {
        this.container = container;
        this.id = id;
        this.folder = folder;
    }

    ContainerId container() {
        return container;
    }

    ExecId id() {
        return id;
    }

    ExecFolder folder() {
        return folder;
    }

    /** A socket that clients may dial before the start. */
    synchronized Path dial() throws IOException {
        if (begun) {
            throw alreadyBegun();
        }
        var _ = listen();
        return folder.socket();
    }

    private ListeningSocket listen() throws IOException {
        if (socket == null) {
            socket = ListeningSocket.bind(folder.socket());
        }
        return socket;
    }

    /** Claims it for its one start. CONFLICT when that has begun already. */
    synchronized ListeningSocket begin() throws IOException {
        if (begun) {
            throw alreadyBegun();
        }
        ListeningSocket listening = listen();
        begun = true;
        return listening;
    }

    private Fault alreadyBegun() {
        return Fault.conflict("Error: Exec command " + id + " is already running");
    }

    /** There was no start, or it failed: those who wait on the socket are let go. */
    synchronized void abandon() throws IOException {
        if (socket != null) {
            socket.abandon();
            socket = null;
        }
    }

    synchronized void running(int pid) {
        begun = true;
        if (socket != null) {
            socket.close();
            socket = null;
        }
        status = new ExecStatus.Running(pid);
    }

    synchronized void ended(Outcome outcome) {
        begun = true;
        status = new ExecStatus.Ended(outcome.code(), outcome.at());
        var _ = end.complete(outcome);
    }

    synchronized boolean isActive() {
        return begun && !(status instanceof ExecStatus.Ended);
    }

    /** By the exit file when nobody has told of the end yet: it is written before the streams end. */
    ExecStatus status() throws IOException {
        ExecStatus known = known();
        if (known instanceof ExecStatus.Running) {
            Optional<Outcome> outcome = Outcome.read(folder.exitFile());
            if (outcome.isPresent()) {
                return new ExecStatus.Ended(outcome.get().code(), outcome.get().at());
            }
        }
        return known;
    }

    private synchronized ExecStatus known() {
        return status;
    }

    void resize(Task.TerminalSize wanted) {
        remember(wanted);
        if (known() instanceof ExecStatus.Running) {
            try {
                var _ = MonitorConnection.ask(folder.socket(), wanted.command());
            } catch (IOException _) {
                // it has ended meanwhile
            }
        }
    }

    private synchronized void remember(Task.TerminalSize wanted) {
        size = wanted;
    }

    synchronized Optional<Task.TerminalSize> size() {
        return Optional.ofNullable(size);
    }

    /** Nobody asks for it any more: nothing of it is kept after its end. */
    synchronized void orphan() {
        orphan = true;
    }

    synchronized boolean isOrphan() {
        return orphan;
    }

    boolean awaitEnd(long seconds) {
        return awaitEnd(Duration.ofSeconds(seconds));
    }

    /** False when it did not end in time. */
    boolean awaitEnd(Duration patience) {
        try {
            var _ = end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Kind.CANCELLED, "interrupted", e);
        } catch (TimeoutException | java.util.concurrent.ExecutionException _) {
            return false;
        }
    }
}
