package io.caisson.engine.http;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.engine.api.EngineJson;
import io.caisson.engine.stream.WebSocketJoin;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a route answers. */
public sealed interface Answer {
    /** A whole body with its length. */
    record Whole(int status, @Nullable String contentType, Buffer body, Map<String, String> headers)
            implements Answer {}

    /**
     * Pieces as they come. A fault before the first piece is answered as a status code; the first piece, which may be empty,
     * sends the head.
     *
     * @param trouble what to write for a later fault; null to cut the connection
     */
    record Pieces(
            String contentType,
            Multi<byte[]> pieces,
            @Nullable Function<Fault, byte[]> trouble) implements Answer {}

    /** The bytes of a dialled stream; the head is sent as soon as it is connected. */
    record Dialled(String contentType, StreamTarget target, Map<String, String> headers) implements Answer {
        public Dialled(String contentType, StreamTarget target) {
            this(contentType, target, Map.of());
        }
    }

    /** The request becomes a WebSocket, joined with a dialled stream. */
    record Socket(StreamTarget target, WebSocketJoin.Shape shape) implements Answer {
        @Override
        public int status() {
            return 101;
        }
    }

    /** The HTTP status that it begins with, unless it fails before its first byte. */
    default int status() {
        return 200;
    }

    static Answer json(Object body) {
        return json(200, body);
    }

    static Answer json(int status, Object body) {
        return new Whole(status, "application/json", line(EngineJson.bytes(body)), Map.of());
    }

    static Answer empty(int status) {
        return new Whole(status, null, Buffer.buffer(), Map.of());
    }

    static Answer text(String text, Map<String, String> headers) {
        return new Whole(200, "text/plain; charset=utf-8", Buffer.buffer(text), headers);
    }

    static Answer fault(Fault fault) {
        int status = FaultStatus.of(fault.kind());
        return status == 304 ? empty(status) : json(status, Map.of("message", fault.message()));
    }

    /** Go's encoder ends every document with a line feed, and so do line-oriented clients. */
    private static Buffer line(byte[] json) {
        return Buffer.buffer(json.length + 1).appendBytes(json).appendByte((byte) '\n');
    }
}
