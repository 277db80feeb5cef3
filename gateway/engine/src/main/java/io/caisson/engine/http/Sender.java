package io.caisson.engine.http;

import io.caisson.engine.stream.Dial;
import io.caisson.engine.stream.DialledBody;
import io.caisson.engine.stream.WebSocketJoin;
import io.caisson.kernel.Fault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/** Sends answers. */
final class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class);

    private Sender() {}

    static void send(Exchange exchange, Answer answer) {
        switch (answer) {
            case Answer.Whole whole -> whole(exchange, whole);
            case Answer.Pieces pieces -> PieceWriter.write(exchange, pieces);
            case Answer.Dialled dialled -> dialled(exchange, dialled);
            case Answer.Socket socket -> socket(exchange, socket);
        }
    }

    static void fault(Exchange exchange, Throwable thrown) {
        Fault fault = Fault.of(thrown);
        if (fault.kind() == Fault.Kind.INTERNAL) {
            LOG.errorf(
                    fault,
                    "%s %s",
                    exchange.request().method(),
                    exchange.request().path());
        }
        if (!exchange.request().response().headWritten()) {
            send(exchange, Answer.fault(fault));
        } else {
            var _ = exchange.request().connection().close();
        }
    }

    private static void whole(Exchange exchange, Answer.Whole whole) {
        var request = exchange.request();
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(whole.status());
        whole.headers().forEach(response::putHeader);
        if (whole.contentType() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, whole.contentType());
        }
        boolean leave = RequestBody.isTooMuchLeft(request);
        if (leave) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        boolean headOnly = HttpMethod.HEAD.equals(request.method());
        if (headOnly || whole.status() == 304) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(whole.body().length()));
        }
        var _ = headOnly ? response.end() : response.end(whole.body());
        if (leave) {
            RequestBody.leave(request, exchange.timer());
        } else {
            RequestBody.discard(request);
        }
    }

    private static void dialled(Exchange exchange, Answer.Dialled dialled) {
        var request = exchange.request();
        Dial.open(Dial.loopOf(request), dialled.target())
                .emitOn(exchange.executor())
                .subscribe()
                .with(
                        stream -> {
                            dialled.headers().forEach(request.response()::putHeader);
                            DialledBody.send(stream, request.response(), dialled.contentType());
                        },
                        error -> fault(exchange, error));
    }

    private static void socket(Exchange exchange, Answer.Socket answer) {
        var request = exchange.request();
        Dial.open(Dial.loopOf(request), answer.target())
                .emitOn(exchange.executor())
                .subscribe()
                .with(
                        stream -> request.toWebSocket()
                                .onSuccess(socket -> WebSocketJoin.join(socket, stream, answer.shape()))
                                .onFailure(error -> {
                                    stream.close();
                                    fault(exchange, error);
                                }),
                        error -> fault(exchange, error));
    }
}
