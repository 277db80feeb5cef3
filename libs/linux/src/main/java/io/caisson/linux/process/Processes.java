package io.caisson.linux.process;

import io.caisson.kernel.Fault;
import io.caisson.linux.LinuxException;
import io.caisson.linux.NativeCall;
import io.caisson.linux.Pidfd;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs short-lived tools: less than half the cost of {@link ProcessBuilder}, which goes through a helper program.
 *
 * <p>A tool's output is read until the tool itself has ended; what its own children write later is not waited for.
 */
public final class Processes {
    private static final int SIGKILL = 9;
    private static final int CHUNK = 16 * 1024;
    /** As many chunks as a full pipe holds. */
    private static final int PIPE_CHUNKS = 4;

    /** Waiting in native code holds a thread: at most this many tools run at once, the others wait their turn. */
    private static final int AT_ONCE = 32;

    private static final ExecutorService THREADS = threads();

    private Processes() {}

    /** Runs a tool on a thread of its own; completes exceptionally as {@link #runHere} throws. */
    public static CompletableFuture<Result> start(Command command) {
        return CompletableFuture.supplyAsync(() -> runHere(command), THREADS);
    }

    /** Runs a tool and waits for it without holding the carrier of a virtual thread. */
    public static Result run(Command command) {
        try {
            return start(command).join();
        } catch (CompletionException e) {
            throw NativeCall.unexpected(e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * Runs a tool from the calling platform thread, whose namespaces it inherits (see {@link
     * io.caisson.linux.Namespaces}).
     *
     * @throws LinuxException when it cannot be started: {@code ENOENT} when there is no such program
     * @throws Fault UNAVAILABLE when it took too long and was killed
     */
    public static Result runHere(Command command) {
        try (var output = SpawnCalls.pipe();
                var error = SpawnCalls.pipe()) {
            int pid = SpawnCalls.spawn(command, output.writer(), error.writer());
            output.writer().close();
            error.writer().close();
            var out = new Capture(output.reader(), command.outputLimit());
            var err = new Capture(error.reader(), command.outputLimit());
            long deadline = System.nanoTime() + command.timeout().toNanos();
            boolean ended;
            int exitCode;
            try {
                ended = followOrKill(pid, out, err, deadline);
            } finally {
                exitCode = SpawnCalls.reap(pid);
            }
            if (!ended) {
                String program = command.arguments().getFirst();
                throw new Fault(
                        Fault.Kind.UNAVAILABLE,
                        program + " did not end within " + command.timeout() + " and was killed");
            }
            return new Result(exitCode, out.text(), err.text(), out.truncated() || err.truncated());
        }
    }

    private static boolean followOrKill(int pid, Capture out, Capture err, long deadline) {
        boolean ended = false;
        try (Pidfd process = Pidfd.open(pid)) {
            try {
                ended = follow(process, out, err, deadline);
            } finally {
                if (!ended) {
                    var _ = process.signal(SIGKILL);
                }
            }
        }
        return ended;
    }

    /** Reads until the process ends; false when the deadline came first. */
    private static boolean follow(Pidfd process, Capture out, Capture err, long deadline) {
        try (var call = NativeCall.open()) {
            MemorySegment set = call.memory(3 * 8);
            MemorySegment buffer = call.memory(CHUNK);
            boolean ended = false;
            while (!ended) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                int[] fds = {out.number(), err.number(), process.fd().number()};
                int[] events = SpawnCalls.poll(call, set, fds, Math.clamp(left, 0, Integer.MAX_VALUE));
                read(call, events, out, err, buffer);
                ended = events[2] != 0;
                if (!ended && System.nanoTime() >= deadline) {
                    return false;
                }
            }
            // What it wrote last is in the pipes; bounded, as a child that stayed behind may write for ever.
            for (int i = 0; i < PIPE_CHUNKS; i++) {
                int[] events = SpawnCalls.poll(call, set, new int[] {out.number(), err.number()}, 0);
                read(call, events, out, err, buffer);
            }
            return true;
        }
    }

    private static void read(NativeCall call, int[] events, Capture out, Capture err, MemorySegment buffer) {
        if (events[0] != 0) {
            out.read(call, buffer);
        }
        if (events[1] != 0) {
            err.read(call, buffer);
        }
    }

    private static ExecutorService threads() {
        var threads = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1024),
                Thread.ofPlatform().daemon().name("process-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
