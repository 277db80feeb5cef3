package io.caisson.kernel;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The only door from reactive code into blocking code: work runs on virtual threads, at most {@code permits} at a time;
 * the rest waits its turn in order.
 *
 * <p>A subscriber that cancels interrupts its work. Results are delivered on the virtual thread: come back to the caller's
 * context with {@code emitOn} where it matters (a port served by the bus does so by itself).
 */
public final class Offload implements AutoCloseable {
    private final Semaphore permits;
    private final ExecutorService threads;

    public Offload(String name, int permits) {
        this.permits = new Semaphore(permits, true);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
    }

    public <T> Uni<T> call(Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            var running = threads.submit(() -> {
                try {
                    emitter.complete(withPermit(work));
                } catch (Throwable t) {
                    emitter.fail(t);
                }
            });
            emitter.onTermination(() -> running.cancel(true));
        });
    }

    private <T> T withPermit(Callable<T> work) throws Exception {
        permits.acquire();
        try {
            return work.call();
        } finally {
            permits.release();
        }
    }

    /** Runs {@code work} for its effect. */
    public Uni<Done> run(Blocking work) {
        return call(() -> {
            work.run();
            return Done.DONE;
        });
    }

    @Override
    public void close() {
        var _ = threads.shutdownNow();
    }

    /** Blocking work without a result. */
    @FunctionalInterface
    public interface Blocking {
        void run() throws Exception;
    }
}
