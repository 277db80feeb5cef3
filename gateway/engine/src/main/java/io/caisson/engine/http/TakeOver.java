package io.caisson.engine.http;

import io.caisson.engine.stream.HijackedConnection;

/** What a route does with a connection that stops being HTTP. */
@FunctionalInterface
public interface TakeOver {
    void run(Exchange exchange, HijackedConnection connection);
}
