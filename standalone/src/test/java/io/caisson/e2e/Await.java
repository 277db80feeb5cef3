package io.caisson.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something to become true, with a deadline. */
final class Await {
    private static final long PAUSE_NANOS = 50_000_000;

    private Await() {}

    static void until(String what, Duration patience, BooleanSupplier condition) {
        until(what, patience, condition, () -> "");
    }

    /** @param instead what to tell when it does not become true */
    static void until(String what, Duration patience, BooleanSupplier condition, Supplier<?> instead) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + patience + ": " + what + " " + instead.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
