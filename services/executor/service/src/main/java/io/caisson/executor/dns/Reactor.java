package io.caisson.executor.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/** One thread that waits for many sockets. It begins with the first of them; everything but {@link #run} is its own. */
final class Reactor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reactor.class);
    private static final long TICK_MILLIS = 250;
    private static final long IDLE_MILLIS = 60_000;

    private final Selector selector;
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final List<Timed> timed = new ArrayList<>();
    private boolean started;
    private volatile boolean closed;
    private long lastTick;

    /** Somebody who is told when a socket is ready. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key) throws IOException;
    }

    /** Somebody who gives up after a while. */
    interface Timed {
        /** True when there is nothing to wait for any more. */
        boolean isOver(long nowMillis);
    }

    Reactor() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for sockets", e);
        }
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** Runs something on the thread; from any other. */
    synchronized void run(Runnable task) {
        if (closed) {
            return;
        }
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("dns").start(this::loop);
        }
        work.add(task);
        selector.wakeup();
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    void watch(Timed one) {
        timed.add(one);
    }

    private void loop() {
        while (!closed) {
            try {
                selector.select(RunReady::of, timed.isEmpty() ? IDLE_MILLIS : TICK_MILLIS);
                for (Runnable task = work.poll(); task != null; task = work.poll()) {
                    guard(task);
                }
                tick();
            } catch (IOException | RuntimeException e) {
                LOG.error("name servers stumble", e);
            }
        }
        end();
    }

    private void tick() {
        long now = now();
        if (now - lastTick >= TICK_MILLIS) {
            lastTick = now;
            timed.removeIf(one -> one.isOver(now));
        }
    }

    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a name server stumbles", e);
        }
    }

    private void end() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debugf(e, "closing name servers");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (started) {
            selector.wakeup();
        } else {
            end();
        }
    }

    /** Tells whoever waits for a key; one that fails loses its socket, and nobody else's. */
    private static final class RunReady {
        private RunReady() {}

        static void of(SelectionKey key) {
            try {
                if (key.isValid() && key.attachment() instanceof Ready ready) {
                    ready.ready(key);
                }
            } catch (IOException | RuntimeException e) {
                LOG.debugf(e, "a socket of a name server fails");
                closeQuietly(key.channel());
            }
        }
    }

    static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf(e, "closing a socket");
        }
    }
}
