package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One process, whatever becomes of its number: a handle that never points at another process. */
public final class Pidfd implements AutoCloseable {
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;
    private static final MethodHandle SYSCALL =
            Native.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);

    private final Fd fd;
    private final Exit exit = new Exit();

    private Pidfd(Fd fd) {
        this.fd = fd;
    }

    /** pidfd_open(2); {@code ESRCH} when there is no such process. A zombie still counts as one. */
    public static Pidfd open(long pid) {
        long fd = syscall(PIDFD_OPEN, pid, 0);
        if (fd < 0) {
            throw new LinuxException("pidfd_open", (int) -fd, "process " + pid);
        }
        return new Pidfd(Fd.owning((int) fd));
    }

    /** Sends a signal (0 only asks); false when the process has ended and was reaped. */
    public boolean signal(int signal) {
        long result = syscall(PIDFD_SEND_SIGNAL, fd.number(), signal);
        if (result == -Errno.ESRCH) {
            return false;
        }
        return Errno.check("pidfd_send_signal", result) == 0;
    }

    /**
     * Completes when the process has ended (whoever reaps it), at once when it already has; exceptionally with a {@link
     * java.util.concurrent.CancellationException} when closed before.
     * It completes on a thread that serves all processes: go on with the {@code Async} methods unless the work is tiny.
     */
    public CompletionStage<Void> exited() {
        return exit.start(fd.number());
    }

    /** Readable (as poll(2) says) once the process has ended. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        exit.cancel();
        fd.close();
    }

    /** Starts watching once, however many ask. */
    private static final class Exit {
        private @Nullable CompletableFuture<Void> watched;

        synchronized CompletionStage<Void> start(int pidfd) {
            if (watched == null) {
                watched = ExitWatch.shared().watch(pidfd);
            }
            return watched.minimalCompletionStage();
        }

        synchronized void cancel() {
            if (watched != null) {
                watched.cancel(false);
            }
        }
    }

    private static long syscall(long number, long first, long second) {
        try (var call = NativeCall.open()) {
            return call.result((long) SYSCALL.invokeExact(call.state(), number, first, second, MemorySegment.NULL, 0L));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
