package io.caisson.bus;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** A fresh Vert.x sub-context per call: sessions and request data of two calls never mix. */
public final class CallContext {
    private CallContext() {}

    /** Runs {@code work} on an event loop in a new duplicated context that Hibernate Reactive accepts. */
    public static void run(Vertx vertx, Runnable work) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(_ -> work.run());
    }
}
