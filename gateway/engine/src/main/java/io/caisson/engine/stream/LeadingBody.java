package io.caisson.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;

/**
 * Drops the body of a request whose connection was taken over, so that it does not become input: as many bytes as its length
 * says, or the end of a chunked body that is empty (some clients ask for a hijack that way).
 */
final class LeadingBody extends ChannelInboundHandlerAdapter {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean chunked;
    private long left;

    private LeadingBody(boolean chunked, long left) {
        this.chunked = chunked;
        this.left = left;
    }

    static LeadingBody of(HttpServerRequest request) {
        if (request.getHeader("Transfer-Encoding") != null) {
            return new LeadingBody(true, LAST_CHUNK.length);
        }
        String length = request.getHeader("Content-Length");
        return new LeadingBody(false, length == null ? 0 : Long.parseLong(length));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            while (left > 0 && bytes.isReadable() && isBody(bytes)) {
                bytes.skipBytes(1);
                left--;
            }
        }
        context.fireChannelRead(message);
    }

    private boolean isBody(ByteBuf bytes) {
        if (chunked && bytes.getByte(bytes.readerIndex()) != LAST_CHUNK[(int) (LAST_CHUNK.length - left)]) {
            left = 0;
            return false;
        }
        return true;
    }
}
