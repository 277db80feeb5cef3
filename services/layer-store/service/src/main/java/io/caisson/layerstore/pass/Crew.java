package io.caisson.layerstore.pass;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on one thing through pipes: the first that fails cuts all pipes, so that the others end as well, and
 * its error is the one reported.
 */
final class Crew implements AutoCloseable {
    private final List<Pipe> pipes;
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Throwable first;

    Crew(List<Pipe> pipes) {
        this.pipes = List.copyOf(pipes);
    }

    <T> FutureTask<T> start(String name, Callable<T> work) {
        var task = new FutureTask<>(() -> {
            try {
                return work.call();
            } catch (Throwable t) {
                fail(t);
                throw t;
            }
        });
        // Hashing and inflating are all processor time, and files are written by native calls: no work for virtual
        // threads.
        threads.add(Thread.ofPlatform().name("layer-" + name).daemon().start(task));
        return task;
    }

    synchronized void fail(Throwable error) {
        if (first == null) {
            first = error;
            pipes.forEach(pipe -> pipe.cut(error));
        }
    }

    private synchronized @Nullable Throwable first() {
        return first;
    }

    <T> T result(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            fail(e);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** What to throw instead of {@code seen}: what went wrong first. */
    IOException failure(Throwable seen) {
        Throwable error = first() == null ? seen : first();
        return switch (error) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case IOException e -> e;
            case Throwable e -> new IOException(e);
            case null -> new IOException(seen);
        };
    }

    /** All threads have ended when it returns. */
    @Override
    public void close() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    fail(new IOException("interrupted"));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
