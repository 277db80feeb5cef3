package io.caisson.engine.stream;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Fault;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Dials a {@link StreamTarget} on the event loop of the client it is for, so that no byte changes threads. */
public final class Dial {
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 512 << 10);
    private static final int CONNECT_MILLIS = 10_000;

    private Dial() {}

    /** The event loop of a request's connection. */
    public static EventLoop loopOf(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().eventLoop();
    }

    /**
     * Connects, sends the preamble and takes the reply where there is one; the stream is paused then. UNAVAILABLE when nobody
     * answers, CONFLICT with the server's words when it refuses. Cancelling closes.
     */
    public static Uni<DialledStream> open(EventLoop loop, StreamTarget target) {
        return Uni.createFrom().emitter(emitter -> connect(loop, target, emitter));
    }

    private static void connect(EventLoop loop, StreamTarget target, UniEmitter<? super DialledStream> emitter) {
        var stream = new RawStream();
        var handedOver = new AtomicBoolean();
        var connecting = bootstrap(loop, target, stream).connect(addressOf(target.address()));
        emitter.onTermination(() -> {
            if (!handedOver.get()) {
                var _ = connecting.channel().close();
            }
        });
        Runnable handOver = () -> {
            handedOver.set(true);
            emitter.complete(new DialledStream(stream));
        };
        var _ = connecting.addListener(_ -> {
            if (!connecting.isSuccess()) {
                emitter.fail(unavailable(target, connecting.cause()));
                return;
            }
            stream.write(ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, target.preamble()));
            if (target.reply()) {
                stream.receive(new ReplyLine(stream, handOver, emitter::fail));
            } else {
                handOver.run();
            }
        });
    }

    private static Bootstrap bootstrap(EventLoop loop, StreamTarget target, RawStream stream) {
        Class<? extends Channel> type =
                target.address().startsWith("unix:") ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
        return new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var _ = channel.pipeline().addLast(stream);
                    }
                });
    }

    private static SocketAddress addressOf(String address) {
        if (address.startsWith("unix:")) {
            return new DomainSocketAddress(address.substring("unix:".length()));
        }
        int colon = address.lastIndexOf(':');
        String host = address.substring("tcp:".length(), colon);
        return new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
    }

    private static Fault unavailable(StreamTarget target, Throwable cause) {
        return new Fault(Fault.Kind.UNAVAILABLE, "cannot reach the stream at " + target.address(), cause);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
