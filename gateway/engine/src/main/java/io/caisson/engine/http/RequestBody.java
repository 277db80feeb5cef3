package io.caisson.engine.http;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;

/** Bodies of requests: paused until somebody wants them, and out of the way when nobody does. */
final class RequestBody {
    private static final int MAX_JSON = 16 << 20;
    private static final long LINGER_MILLIS = 1_000;
    private static final long WORTH_READING = 256 << 10;

    private RequestBody() {}

    static boolean isThere(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }

    /** All of a small body; INVALID when it is not small. */
    static Uni<byte[]> collect(HttpServerRequest request) {
        if (!isThere(request)) {
            return Uni.createFrom().item(new byte[0]);
        }
        return Uni.createFrom().emitter(emitter -> {
            Buffer body = Buffer.buffer();
            request.exceptionHandler(e -> emitter.fail(new Fault(Fault.Kind.CANCELLED, "request was cut short", e)));
            request.endHandler(_ -> emitter.complete(body.getBytes()));
            request.handler(piece -> {
                if (body.length() + piece.length() > MAX_JSON) {
                    request.pause();
                    emitter.fail(Fault.invalid("http: request body too large"));
                } else {
                    body.appendBuffer(piece);
                }
            });
            request.resume();
        });
    }

    /** Whether what is left of the body is more than is worth reading to keep the connection. */
    static boolean isTooMuchLeft(HttpServerRequest request) {
        if (request.isEnded() || !isThere(request)) {
            return false;
        }
        String length = request.getHeader("Content-Length");
        return length == null || Long.parseLong(length) > WORTH_READING;
    }

    /** Closes the connection below a body, but not before the client had time to read the answer: a reset would take it away. */
    static void leave(HttpServerRequest request, BiConsumer<Long, Runnable> timer) {
        discard(request);
        timer.accept(LINGER_MILLIS, () -> {
            var _ = request.connection().close();
        });
    }

    /** Reads and forgets what is left, so that the next request on the connection can come. */
    static void discard(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(_ -> {});
            request.resume();
        }
    }
}
