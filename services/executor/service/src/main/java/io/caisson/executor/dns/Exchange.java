package io.caisson.executor.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One question to the servers outside, one after the other. Each is asked through a socket of its own under a number that
 * nobody can guess, so that nobody else can answer.
 */
final class Exchange implements Reactor.Timed {
    private static final long PATIENCE_MILLIS = 4_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Reactor reactor;
    private final Question question;
    private final boolean connected;
    private final List<InetSocketAddress> servers;
    private final Consumer<byte[]> answer;
    private int next;
    private int number;
    private long deadline;
    private boolean over;
    private byte[] last;
    private @Nullable SelectableChannel channel;

    Exchange(
            Reactor reactor,
            Question question,
            boolean connected,
            List<InetSocketAddress> servers,
            Consumer<byte[]> answer) {
        this.reactor = reactor;
        this.question = question;
        this.connected = connected;
        this.servers = servers;
        this.answer = answer;
        this.last = Replies.empty(question, Message.SERVER_FAILURE);
    }

    void begin() {
        reactor.watch(this);
        askNext();
    }

    private void askNext() {
        while (next < servers.size()) {
            close();
            number = RANDOM.nextInt(1 << 16);
            deadline = Reactor.now() + PATIENCE_MILLIS;
            try {
                ask(servers.get(next++));
                return;
            } catch (IOException _) {
                // the next one
            }
        }
        finish(last);
    }

    private void ask(InetSocketAddress server) throws IOException {
        byte[] query = question.renumbered(number);
        var family = server.getAddress() instanceof java.net.Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        if (connected) {
            SocketChannel connection = SocketChannel.open(family);
            channel = connection;
            connection.configureBlocking(false);
            boolean there = connection.connect(server);
            ByteBuffer out = Frame.of(query);
            var in = new Frame();
            int first = there ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
            var _ = reactor.register(connection, first, key -> guarded(() -> converse(key, connection, out, in)));
        } else {
            DatagramChannel datagrams = DatagramChannel.open(family);
            channel = datagrams;
            datagrams.connect(server).configureBlocking(false);
            var _ = reactor.register(datagrams, SelectionKey.OP_READ, _ -> guarded(() -> receive(datagrams)));
            var _ = datagrams.write(ByteBuffer.wrap(query));
        }
    }

    private void converse(SelectionKey key, SocketChannel connection, ByteBuffer out, Frame in) throws IOException {
        if (key.isConnectable()) {
            var _ = connection.finishConnect();
            key.interestOps(SelectionKey.OP_WRITE);
        } else if (key.isWritable()) {
            var _ = connection.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } else if (key.isReadable()) {
            in.readFrom(connection).ifPresent(this::received);
        }
    }

    private void receive(ByteChannel datagrams) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Message.MAX);
        if (datagrams.read(buffer) > 0) {
            byte[] message = new byte[buffer.flip().remaining()];
            buffer.get(message);
            received(message);
        }
    }

    /** A server that cannot or will not is as good as none, as long as there is another. */
    private void received(byte[] message) {
        if (!question.isAnsweredBy(message, number)) {
            return;
        }
        Message.u16(message, 0, question.id());
        int rcode = Message.rcode(message);
        if (rcode == Message.SERVER_FAILURE || rcode == Message.REFUSED) {
            last = message;
            askNext();
        } else {
            finish(message);
        }
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException _) {
            askNext();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    @Override
    public boolean isOver(long now) {
        if (!over && now > deadline) {
            askNext();
        }
        return over;
    }

    private void finish(byte[] reply) {
        if (!over) {
            over = true;
            close();
            answer.accept(reply);
        }
    }

    private void close() {
        Optional.ofNullable(channel).ifPresent(Reactor::closeQuietly);
        channel = null;
    }
}
