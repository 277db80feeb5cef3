package io.caisson.bus;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** What tests with a Vert.x of their own do with it. */
final class TestVertx {
    private TestVertx() {}

    /** Returns when it is closed. */
    static void close(Vertx vertx) {
        var _ = vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
