package io.caisson.engine.http;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a Multi as a chunked body: asks for the next piece when the client can take it, cancels when the client goes. */
final class PieceWriter implements MultiSubscriber<byte[]> {
    private static final int AHEAD = 16;

    private final Exchange exchange;
    private final HttpServerResponse response;
    private final Answer.Pieces answer;
    private Flow.@Nullable Subscription subscription;

    private PieceWriter(Exchange exchange, Answer.Pieces answer) {
        this.exchange = exchange;
        this.response = exchange.request().response();
        this.answer = answer;
    }

    static void write(Exchange exchange, Answer.Pieces answer) {
        var writer = new PieceWriter(exchange, answer);
        writer.response.closeHandler(_ -> writer.cancel());
        writer.response.exceptionHandler(_ -> writer.cancel());
        answer.pieces().emitOn(exchange.executor(), AHEAD).subscribe().withSubscriber(writer);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (response.closed()) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onItem(byte[] piece) {
        if (response.closed() || subscription == null) {
            cancel();
            return;
        }
        if (!response.headWritten()) {
            response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        var _ = response.write(Buffer.buffer(piece));
        Flow.Subscription more = subscription;
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> more.request(1));
        } else {
            more.request(1);
        }
    }

    @Override
    public void onFailure(Throwable error) {
        if (response.closed()) {
            return;
        }
        if (!response.headWritten() || answer.trouble() == null) {
            Sender.fault(exchange, error);
            return;
        }
        var _ = response.end(Buffer.buffer(answer.trouble().apply(Fault.of(error))));
    }

    @Override
    public void onCompletion() {
        if (!response.closed() && !response.ended()) {
            if (!response.headWritten()) {
                response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
            }
            var _ = response.end();
        }
        RequestBody.discard(exchange.request());
    }
}
