package io.caisson.engine.stream;

import io.caisson.linux.Poll;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a byte stream: half-closable and back-pressured. All on the channel's event loop.
 *
 * <p>It starts paused and keeps what comes meanwhile: at most what one read and the socket's buffer hold.
 */
final class RawStream extends ChannelInboundHandlerAdapter {
    private static final long LOOK_MILLIS = 1_000;

    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable RawReceiver receiver;
    private @Nullable Runnable onRoom;
    private boolean paused = true;
    private boolean ended;
    private boolean endTold;
    private boolean closed;
    private boolean flushing;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        closed = !added.channel().isOpen();
    }

    /** Starts the flow, or turns it over to another receiver. */
    void receive(RawReceiver next) {
        receiver = next;
        if (closed) {
            next.closed();
        } else {
            resume();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext c, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
        } else if (!bytes.isReadable()) {
            bytes.release();
        } else {
            waiting.add(bytes);
            deliver();
            if (paused) {
                channel().config().setAutoRead(false);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext c) {
        // Nobody behind this handler reads.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext c, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event == ChannelInputShutdownReadComplete.INSTANCE) {
            if (!ended) {
                ended = true;
                watchPeer();
            }
            deliver();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext c) {
        if (c.channel().isWritable()) {
            tellRoom();
            if (receiver != null) {
                receiver.writable();
            }
        }
    }

    private void tellRoom() {
        Runnable waitingForRoom = onRoom;
        onRoom = null;
        if (waitingForRoom != null) {
            waitingForRoom.run();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext c) {
        closed = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        tellRoom();
        if (receiver != null) {
            receiver.closed();
        }
        c.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext c, Throwable error) {
        c.close();
    }

    private void deliver() {
        while (!paused && receiver != null && !waiting.isEmpty()) {
            receiver.data(waiting.remove());
        }
        if (!paused && receiver != null && ended && !endTold && waiting.isEmpty()) {
            endTold = true;
            receiver.end();
        }
    }

    void pause() {
        paused = true;
        channel().config().setAutoRead(false);
    }

    void resume() {
        paused = false;
        deliver();
        if (!paused) {
            channel().config().setAutoRead(true);
        }
    }

    /** Puts back what was read too much. */
    void unread(ByteBuf bytes) {
        if (bytes.isReadable()) {
            waiting.addFirst(bytes);
        } else {
            bytes.release();
        }
    }

    void write(ByteBuf bytes) {
        var _ = context().writeAndFlush(bytes);
    }

    /** The same together with all that is written in this turn of the event loop: one system call for many pieces. */
    void writeSoon(ByteBuf bytes) {
        var _ = context().write(bytes);
        if (!flushing) {
            flushing = true;
            loop().execute(() -> {
                flushing = false;
                var _ = context().flush();
            });
        }
    }

    boolean isWritable() {
        return channel().isWritable();
    }

    /** Calls once, when there is room to write again or nobody to write to any more. */
    void whenRoom(Runnable work) {
        onRoom = work;
    }

    /** Half-close, behind everything written. */
    void shutdownOutput() {
        var _ = context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (channel().isActive()) {
                var _ = ((DuplexChannel) channel()).shutdownOutput();
            }
        });
    }

    /** Close, behind everything written. */
    void close() {
        var _ = context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    boolean isClosed() {
        return closed;
    }

    EventLoop loop() {
        return channel().eventLoop();
    }

    private Channel channel() {
        return context().channel();
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return context;
    }

    /** With half-closing a peer that is gone looks like one that is done sending: on UNIX sockets poll(2) tells. */
    private void watchPeer() {
        if (!closed && channel() instanceof DomainSocketChannel) {
            var _ = loop().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        if (closed || !(channel() instanceof UnixChannel unix)) {
            return;
        }
        if (Poll.isHungUp(unix.fd().intValue())) {
            var _ = channel().close();
        } else {
            watchPeer();
        }
    }
}
