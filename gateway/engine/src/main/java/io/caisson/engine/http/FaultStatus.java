package io.caisson.engine.http;

import io.caisson.kernel.Fault;

/** The one table from kinds of faults to HTTP status codes. */
public final class FaultStatus {
    private FaultStatus() {}

    public static int of(Fault.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case NOT_MODIFIED -> 304;
            case UNSUPPORTED -> 501;
            case UNAVAILABLE -> 503;
            case CANCELLED, INTERNAL -> 500;
        };
    }

    /** The reason phrase of a status line that is written by hand. */
    public static String reason(int status) {
        return io.netty.handler.codec.http.HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
