package io.caisson.executor.dns;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A container's connection to its name server: one question at a time, each with its length before it (RFC 1035, 4.2.2). */
final class TcpClient implements Reactor.Timed {
    private static final long PATIENCE_MILLIS = 15_000;

    private final SocketChannel channel;
    private final BiConsumer<Question, Consumer<byte[]>> answering;
    private final Consumer<TcpClient> afterwards;
    private final Frame in = new Frame();
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer out;
    private long deadline = Reactor.now() + PATIENCE_MILLIS;

    TcpClient(SocketChannel channel, BiConsumer<Question, Consumer<byte[]>> answering, Consumer<TcpClient> afterwards) {
        this.channel = channel;
        this.answering = answering;
        this.afterwards = afterwards;
    }

    void serve(Reactor reactor) throws IOException {
        channel.configureBlocking(false);
        key = reactor.register(channel, SelectionKey.OP_READ, this::ready);
        reactor.watch(this);
    }

    private void ready(SelectionKey ready) {
        try {
            if (ready.isReadable()) {
                read();
            } else if (ready.isWritable()) {
                write();
            }
        } catch (IOException _) {
            close();
        }
    }

    private void read() throws IOException {
        Optional<byte[]> message = in.readFrom(channel);
        if (message.isEmpty()) {
            return;
        }
        deadline = Reactor.now() + PATIENCE_MILLIS;
        interest(0);
        Question question = Question.parse(message.get()).orElseThrow(EOFException::new);
        answering.accept(question, this::reply);
    }

    private void reply(byte[] answer) {
        if (!channel.isOpen()) {
            return;
        }
        out = Frame.of(answer);
        try {
            write();
        } catch (IOException _) {
            close();
        }
    }

    private void write() throws IOException {
        ByteBuffer rest = out;
        if (rest == null) {
            return;
        }
        var _ = channel.write(rest);
        if (rest.hasRemaining()) {
            interest(SelectionKey.OP_WRITE);
        } else {
            out = null;
            interest(SelectionKey.OP_READ);
        }
    }

    private void interest(int operations) {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        }
    }

    @Override
    public boolean isOver(long now) {
        if (now > deadline) {
            close();
        }
        return !channel.isOpen();
    }

    void close() {
        Reactor.closeQuietly(channel);
        afterwards.accept(this);
    }
}
