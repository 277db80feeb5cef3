package io.caisson.engine.stream;

import io.caisson.engine.api.EngineJson;
import io.caisson.engine.http.FaultStatus;
import io.caisson.engine.http.StandardHeaders;
import io.caisson.kernel.Fault;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A connection taken over from HTTP/1.1: after the head of its request it carries raw bytes, both ways, each with its own
 * end.
 */
public final class HijackedConnection {
    private static final String DECODER = "httpDecoder";

    private final RawStream stream;
    private final boolean upgrade;
    private final Uni<byte[]> body;

    private HijackedConnection(RawStream stream, boolean upgrade, Uni<byte[]> body) {
        this.stream = stream;
        this.upgrade = upgrade;
        this.body = body;
    }

    /**
     * Must be called while the request is being handed to its first handler: later the decoder may have read on, and bytes
     * behind the head would be lost.
     */
    public static HijackedConnection take(HttpServerRequest request) {
        return take(request, LeadingBody.of(request), Uni.createFrom().item(new byte[0]));
    }

    /** The same for a request with a small body, which is kept: {@link #body}. */
    public static HijackedConnection takeWithBody(HttpServerRequest request) {
        var body = CollectedBody.of(request);
        return take(request, body, Uni.createFrom().completionStage(body.whole()));
    }

    private static HijackedConnection take(HttpServerRequest request, ChannelHandler leading, Uni<byte[]> body) {
        ChannelPipeline pipeline =
                ((ConnectionBase) request.connection()).channelHandlerContext().pipeline();
        if (!pipeline.channel().eventLoop().inEventLoop()) {
            throw new IllegalStateException("not on the connection's event loop");
        }
        var stream = new RawStream();
        var config = pipeline.channel().config();
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        config.setWriteBufferWaterMark(Dial.WATER_MARK);
        // Right behind the decoder, which hands over its unread bytes when it leaves. Writes from here pass by the
        // encoder; what Vert.x has further back sees nothing any more.
        var _ = pipeline.addAfter(DECODER, "hijacked-body", leading);
        var _ = pipeline.addAfter("hijacked-body", "hijacked", stream);
        if (pipeline.get("idle") != null) {
            var _ = pipeline.remove("idle");
        }
        var _ = pipeline.remove(DECODER);
        return new HijackedConnection(stream, request.headers().contains("Upgrade"), body);
    }

    RawStream stream() {
        return stream;
    }

    public EventLoop loop() {
        return stream.loop();
    }

    public boolean isUpgrade() {
        return upgrade;
    }

    /** The request's body, where it was kept: INVALID when it is too long. */
    public Uni<byte[]> body() {
        return body;
    }

    /** Answers with an empty body after all, and closes. */
    public void answerEmpty(int status) {
        write("HTTP/1.1 " + status + " " + FaultStatus.reason(status) + "\r\n" + standardHeaders()
                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        Lingering.close(stream);
    }

    /** Says something in the container's place, behind the head, and ends. */
    public void sayAndEnd(byte[] bytes) {
        stream.write(Unpooled.wrappedBuffer(bytes));
        Lingering.close(stream);
    }

    /** Sends the head that turns the connection into a stream; without an upgrade the type is what it always was. */
    public void accept(String contentType) {
        String head = upgrade
                ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: " + contentType
                        + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n" + standardHeaders() + "\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n" + standardHeaders() + "\r\n";
        write(head);
    }

    /** Answers with a status code after all, and closes. */
    public void refuse(Throwable thrown) {
        Fault fault = Fault.of(thrown);
        int status = FaultStatus.of(fault.kind());
        String body = new String(EngineJson.bytes(Map.of("message", fault.message())), StandardCharsets.UTF_8) + "\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        write("HTTP/1.1 " + status + " " + FaultStatus.reason(status) + "\r\nContent-Type: application/json\r\n"
                + standardHeaders() + "Content-Length: " + length + "\r\nConnection: close\r\n\r\n" + body);
        Lingering.close(stream);
    }

    /** Ends our half; the client ends its own. */
    public void end() {
        Lingering.close(stream);
    }

    private void write(String text) {
        stream.write(ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, text));
    }

    private static String standardHeaders() {
        StringBuilder headers = new StringBuilder();
        StandardHeaders.ALL.forEach(
                (name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
        return headers.toString();
    }
}
