package io.caisson.engine.stream;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.bus.stream.Verdict;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a request into a dialled stream, no faster than it takes it. */
public final class Upload implements RawReceiver {
    private final HttpServerRequest request;
    private final RawStream stream;
    private final UniEmitter<? super Done> emitter;
    /** What the receiver says at the end; null where it has nothing to say. */
    private final @Nullable ByteArrayOutputStream verdict;

    private boolean sent;
    private boolean done;

    private Upload(HttpServerRequest request, RawStream stream, boolean judged, UniEmitter<? super Done> emitter) {
        this.verdict = judged ? new ByteArrayOutputStream() : null;
        this.request = request;
        this.stream = stream;
        this.emitter = emitter;
    }

    /** Done when the receiver has taken everything and closed; CANCELLED when the client goes away. */
    public static Uni<Done> send(HttpServerRequest request, StreamTarget target) {
        return send(request, target, false);
    }

    /** The same for a receiver that says at the end, or before, what came of it: a {@link Verdict}. */
    public static Uni<Done> judged(HttpServerRequest request, StreamTarget target) {
        return send(request, target, true);
    }

    private static Uni<Done> send(HttpServerRequest request, StreamTarget target, boolean judged) {
        return Dial.open(Dial.loopOf(request), target)
                .chain(dialled -> Uni.createFrom().emitter(emitter -> dialled.raw()
                        .loop()
                        .execute(() -> new Upload(request, dialled.raw(), judged, emitter).start())));
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
        stream.writeSoon(Unpooled.wrappedBuffer(piece.getBytes()));
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
        if (verdict != null && verdict.size() + bytes.readableBytes() <= Verdict.LIMIT) {
            verdict.writeBytes(ByteBufUtil.getBytes(bytes));
        }
        bytes.release();
    }

    @Override
    public void end() {
        closed();
    }

    @Override
    public void closed() {
        Optional<Fault> fault = outcome();
        if (fault.isEmpty() && !done) {
            done = true;
            emitter.complete(Done.DONE);
        } else {
            fault.ifPresent(this::fail);
        }
        stream.close();
    }

    private Optional<Fault> outcome() {
        if (verdict != null) {
            return Verdict.parse(verdict.toByteArray());
        }
        return sent
                ? Optional.empty()
                : Optional.of(new Fault(Fault.Kind.UNAVAILABLE, "the upload was refused half-way"));
    }

    private void fail(Fault fault) {
        if (!done) {
            done = true;
            emitter.fail(fault);
            stream.close();
        }
    }
}
