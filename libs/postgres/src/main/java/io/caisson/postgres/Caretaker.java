package io.caisson.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Brings an {@link EmbeddedPostgres} back when it ends by itself, with growing pauses while it does not come up, and has its
 * processes go before starting containers. On a thread of its own, until closed.
 */
public final class Caretaker implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedPostgres server;
    private final Consumer<String> log;
    private final Sessions sessions = new Sessions();
    private final Thread thread;
    private volatile boolean closed;

    private Caretaker(EmbeddedPostgres server, Consumer<String> log) {
        this.server = server;
        this.log = log;
        this.thread = Thread.ofPlatform().name("postgres-caretaker").daemon().unstarted(this::run);
    }

    /**
     * @param server one that has been started
     * @param log is told of what happens, in words
     */
    public static Caretaker of(EmbeddedPostgres server, Consumer<String> log) {
        var caretaker = new Caretaker(server, log);
        caretaker.thread.start();
        return caretaker;
    }

    private void run() {
        Duration pause = LOOK;
        while (!closed) {
            pause = look() ? LOOK : longer(pause);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** False when it is away and cannot be brought back now. */
    private boolean look() {
        try {
            Optional<Postmaster> present = server.present();
            present.ifPresent(sessions::favour);
            if (present.isPresent() || closed) {
                return true;
            }
            log.accept("PostgreSQL has ended by itself and is started again");
            var address = server.start();
            log.accept("PostgreSQL is back on port " + address.port());
            return true;
        } catch (IOException e) {
            log.accept("PostgreSQL does not come back yet: " + e.getMessage());
            return false;
        }
    }

    /** Returns when it does nothing any more, so that the server can be stopped for good. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(PATIENCE)) {
                log.accept("PostgreSQL is still being started");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
