package io.caisson.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** A dialled stream as the chunked body of an answer. */
public final class DialledBody implements RawReceiver {
    private final RawStream stream;
    private final HttpServerResponse response;
    private boolean done;

    private DialledBody(RawStream stream, HttpServerResponse response) {
        this.stream = stream;
        this.response = response;
    }

    /** Sends the head at once, then what comes. The stream is closed when the client goes away. */
    public static void send(DialledStream dialled, HttpServerResponse response, String contentType) {
        if (response.closed()) {
            dialled.close();
            return;
        }
        var body = new DialledBody(dialled.raw(), response);
        response.closeHandler(_ -> body.clientGone());
        response.exceptionHandler(_ -> body.clientGone());
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        var _ = response.write(Buffer.buffer());
        dialled.raw().receive(body);
    }

    private void clientGone() {
        done = true;
        stream.close();
    }

    @Override
    public void data(ByteBuf bytes) {
        if (done) {
            bytes.release();
            return;
        }
        var _ = response.write(Buffer.buffer(ByteBufUtil.getBytes(bytes)));
        bytes.release();
        if (response.writeQueueFull()) {
            stream.pause();
            response.drainHandler(_ -> resume());
        }
    }

    private void resume() {
        if (!done && !stream.isClosed()) {
            stream.resume();
        }
    }

    @Override
    public void end() {
        if (!done) {
            done = true;
            var _ = response.end();
        }
        stream.close();
    }

    /** Without an end before it: what was sent is not whole, and the client has to see that. */
    @Override
    public void closed() {
        if (!done) {
            done = true;
            response.reset();
        }
    }
}
