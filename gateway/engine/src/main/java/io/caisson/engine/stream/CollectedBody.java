package io.caisson.engine.stream;

import io.caisson.kernel.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/** Keeps the body of a request whose connection was taken over; what comes behind it is input. */
final class CollectedBody extends ChannelInboundHandlerAdapter {
    private static final int LONGEST = 1 << 20;
    private static final int HEX = 16;

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private final boolean chunked;
    private Part part;
    private long left;

    private enum Part {
        /** The line before a chunk, which says how long it is. */
        SIZE,
        DATA,
        /** The line end behind a chunk. */
        CHUNK_END,
        /** Lines behind the last chunk, up to an empty one. */
        TRAILER,
        DONE
    }

    private CollectedBody(boolean chunked, long left) {
        this.chunked = chunked;
        this.left = left;
        this.part = chunked ? Part.SIZE : Part.DATA;
        if (!chunked && left == 0) {
            finish();
        }
    }

    static CollectedBody of(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        return new CollectedBody(chunked, chunked || length == null ? 0 : Long.parseLong(length));
    }

    /** Completed on the event loop. */
    CompletableFuture<byte[]> whole() {
        return whole;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && part != Part.DONE) {
            while (part != Part.DONE && bytes.isReadable()) {
                take(bytes);
            }
            if (!bytes.isReadable()) {
                bytes.release();
                return;
            }
        }
        context.fireChannelRead(message);
    }

    private void take(ByteBuf bytes) {
        switch (part) {
            case DATA -> data(bytes);
            case SIZE, CHUNK_END, TRAILER -> {
                char c = (char) (bytes.readByte() & 0xff);
                if (c == '\n') {
                    lineRead(line.toString().strip());
                    line.setLength(0);
                } else if (line.length() < LONGEST) {
                    line.append(c);
                }
            }
            case DONE -> throw new IllegalStateException("behind the body");
        }
    }

    private void data(ByteBuf bytes) {
        byte[] piece = new byte[(int) Math.min(left, bytes.readableBytes())];
        bytes.readBytes(piece);
        left -= piece.length;
        if (body.size() + piece.length > LONGEST) {
            fail("http: request body too large");
            return;
        }
        body.writeBytes(piece);
        if (left == 0) {
            if (chunked) {
                part = Part.CHUNK_END;
            } else {
                finish();
            }
        }
    }

    private void lineRead(String text) {
        switch (part) {
            case SIZE -> size(text);
            case CHUNK_END -> part = Part.SIZE;
            case TRAILER -> {
                if (text.isEmpty()) {
                    finish();
                }
            }
            case DATA, DONE -> throw new IllegalStateException("not a line");
        }
    }

    private void size(String text) {
        int extension = text.indexOf(';');
        try {
            left = Long.parseLong(
                    extension < 0 ? text : text.substring(0, extension).strip(), HEX);
            part = left == 0 ? Part.TRAILER : Part.DATA;
        } catch (NumberFormatException _) {
            fail("invalid chunked body");
        }
    }

    private void finish() {
        part = Part.DONE;
        var _ = whole.complete(body.toByteArray());
    }

    private void fail(String message) {
        part = Part.DONE;
        var _ = whole.completeExceptionally(Fault.invalid(message));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var _ = whole.completeExceptionally(new Fault(Fault.Kind.CANCELLED, "request was cut short"));
        context.fireChannelInactive();
    }
}
