package io.caisson.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/**
 * Joins a WebSocket with a container's streams: each message a piece of output or input, each way no faster than its reader.
 * Both outputs go the same way; the frames that tell them apart are taken off.
 */
public final class WebSocketJoin implements RawReceiver {
    private final ServerWebSocket socket;
    private final RawStream container;
    private final Shape shape;
    private final Unframing unframing = new Unframing();

    /**
     * @param framed the container's output comes in frames: it has no terminal
     * @param input whether messages are passed on
     * @param binary messages are binary; text otherwise
     */
    public record Shape(boolean framed, boolean input, boolean binary) {}

    private WebSocketJoin(ServerWebSocket socket, RawStream container, Shape shape) {
        this.socket = socket;
        this.container = container;
        this.shape = shape;
    }

    /** On the event loop of both. */
    public static void join(ServerWebSocket socket, DialledStream dialled, Shape shape) {
        var join = new WebSocketJoin(socket, dialled.raw(), shape);
        var _ = socket.handler(join::message)
                .closeHandler(_ -> join.container.close())
                .exceptionHandler(_ -> join.container.close())
                .drainHandler(_ -> join.container.resume());
        join.container.receive(join);
    }

    private void message(Buffer message) {
        if (!shape.input() || container.isClosed()) {
            return;
        }
        container.write(Unpooled.wrappedBuffer(message.getBytes()));
        if (!container.isWritable()) {
            var _ = socket.pause();
        }
    }

    @Override
    public void data(ByteBuf bytes) {
        byte[] piece = ByteBufUtil.getBytes(bytes);
        bytes.release();
        byte[] plain = shape.framed() ? unframing.take(piece) : piece;
        if (plain.length == 0 || socket.isClosed()) {
            return;
        }
        Buffer buffer = Buffer.buffer(plain);
        var _ = shape.binary() ? socket.writeBinaryMessage(buffer) : socket.writeTextMessage(buffer.toString());
        if (socket.writeQueueFull()) {
            container.pause();
        }
    }

    @Override
    public void end() {
        finish();
    }

    @Override
    public void closed() {
        finish();
    }

    private void finish() {
        container.close();
        if (!socket.isClosed()) {
            var _ = socket.close();
        }
    }

    @Override
    public void writable() {
        var _ = socket.resume();
    }
}
