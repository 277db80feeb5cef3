package io.caisson.engine.stream;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The body of a request into a dialled stream, no faster than it takes it. */
public final class Upload implements RawReceiver {
    private final HttpServerRequest request;
    private final RawStream stream;
    private final UniEmitter<? super Done> emitter;
    private boolean sent;
    private boolean done;

    private Upload(HttpServerRequest request, RawStream stream, UniEmitter<? super Done> emitter) {
        this.request = request;
        this.stream = stream;
        this.emitter = emitter;
    }

    /** Done when the receiver has taken everything and closed; CANCELLED when the client goes away. */
    public static Uni<Done> send(HttpServerRequest request, StreamTarget target) {
        return Dial.open(Dial.loopOf(request), target).chain(dialled -> Uni.createFrom()
                .emitter(emitter ->
                        dialled.raw().loop().execute(() -> new Upload(request, dialled.raw(), emitter).start())));
    }

    private void start() {
        stream.receive(this);
        if (request.isEnded()) {
            allSent();
            return;
        }
        request.exceptionHandler(e -> fail(new Fault(Fault.Kind.CANCELLED, "the upload was cut short", e)));
        request.endHandler(_ -> allSent());
        request.handler(this::piece);
        request.resume();
    }

    private void allSent() {
        sent = true;
        stream.shutdownOutput();
    }

    private void piece(Buffer piece) {
        if (done) {
            return;
        }
        stream.write(Unpooled.wrappedBuffer(piece.getBytes()));
        if (!stream.isWritable()) {
            request.pause();
        }
    }

    @Override
    public void writable() {
        if (!sent) {
            request.resume();
        }
    }

    @Override
    public void data(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void end() {
        closed();
    }

    @Override
    public void closed() {
        if (sent && !done) {
            done = true;
            emitter.complete(Done.DONE);
        } else {
            fail(new Fault(Fault.Kind.UNAVAILABLE, "the upload was refused half-way"));
        }
        stream.close();
    }

    private void fail(Fault fault) {
        if (!done) {
            done = true;
            emitter.fail(fault);
            stream.close();
        }
    }
}
