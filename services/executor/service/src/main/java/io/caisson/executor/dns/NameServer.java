package io.caisson.executor.dns;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One container's name server. All but the constructor, {@link #answerFrom}, {@link #serve} and {@link #close} is the reactor's. */
final class NameServer {
    private static final Logger LOG = Logger.getLogger(NameServer.class);
    private static final int MAX_CONNECTIONS = 64;
    /** Of one container at a time; what comes beyond is refused. */
    private static final int MAX_FORWARDED = 128;
    /** Before others have their turn. */
    private static final int DATAGRAMS_AT_ONCE = 32;

    private final Reactor reactor;
    private final Forwarder forwarder;
    private final DatagramChannel datagrams;
    private final ServerSocketChannel connections;
    private final List<String> dns;
    private final Set<TcpClient> clients = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(Message.MAX);
    private volatile Lookup lookup;
    private int forwarded;

    NameServer(
            Reactor reactor,
            Forwarder forwarder,
            DatagramChannel datagrams,
            ServerSocketChannel connections,
            Lookup lookup,
            List<String> dns) {
        this.reactor = reactor;
        this.forwarder = forwarder;
        this.datagrams = datagrams;
        this.connections = connections;
        this.lookup = lookup;
        this.dns = List.copyOf(dns);
    }

    void answerFrom(Lookup other) {
        lookup = other;
    }

    void serve() {
        reactor.run(() -> {
            try {
                var _ = reactor.register(datagrams, SelectionKey.OP_READ, _ -> receive());
                var _ = reactor.register(connections, SelectionKey.OP_ACCEPT, _ -> accept());
            } catch (IOException e) {
                LOG.warn("a container has no name server", e);
            }
        });
    }

    void close() {
        reactor.run(() -> {
            Reactor.closeQuietly(datagrams);
            Reactor.closeQuietly(connections);
            Set.copyOf(clients).forEach(TcpClient::close);
        });
    }

    private void receive() throws IOException {
        for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
            SocketAddress client = datagrams.receive(buffer.clear());
            if (client == null) {
                return;
            }
            byte[] message = new byte[buffer.flip().remaining()];
            buffer.get(message);
            answerDatagram(message, client);
        }
    }

    private void answerDatagram(byte[] message, SocketAddress client) {
        Optional<Question> question = Question.parse(message);
        if (question.isEmpty()) {
            Replies.refusal(message).ifPresent(reply -> send(reply, client));
            return;
        }
        int limit = question.get().datagramLimit();
        answer(question.get(), limit, false, reply -> send(Replies.fitted(question.get(), reply, limit), client));
    }

    private void send(byte[] reply, SocketAddress client) {
        try {
            var _ = datagrams.send(ByteBuffer.wrap(reply), client);
        } catch (IOException e) {
            LOG.debugf(e, "an answer to a container is lost");
        }
    }

    private void answer(Question question, int limit, boolean connected, Consumer<byte[]> reply) {
        Optional<byte[]> own = lookup.answer(question, limit);
        if (own.isPresent()) {
            reply.accept(own.get());
        } else if (forwarded >= MAX_FORWARDED) {
            reply.accept(Replies.empty(question, Message.SERVER_FAILURE));
        } else {
            forwarded++;
            forwarder.ask(question, connected, dns, answer -> {
                forwarded--;
                reply.accept(answer);
            });
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = connections.accept();
        if (channel == null) {
            return;
        }
        if (clients.size() >= MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        var client = new TcpClient(
                channel, (question, reply) -> answer(question, Message.MAX, true, reply), clients::remove);
        clients.add(client);
        client.serve(reactor);
    }
}
