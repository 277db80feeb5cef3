package io.caisson.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Reactor reactor = new Reactor();

    @AfterEach
    void close() {
        reactor.close();
    }

    private byte[] ask(Forwarder forwarder, Question question, boolean connected, String... servers)
            throws InterruptedException, ExecutionException, TimeoutException {
        var answer = new CompletableFuture<byte[]>();
        reactor.run(() -> forwarder.ask(question, connected, List.of(servers), answer::complete));
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** Answers with one byte after the question, under the number that it was asked, after a forged answer. */
    private static void answerDatagrams(DatagramSocket socket) {
        var _ = Thread.ofVirtual().start(() -> {
            try {
                var packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] forged = query.clone();
                var _ = Queries.answered(forged);
                Message.u16(forged, 0, Message.u16(query, 0) ^ 1);
                socket.send(new DatagramPacket(forged, forged.length, packet.getSocketAddress()));
                byte[] reply = Arrays.copyOf(query, query.length + 1);
                var _ = Queries.answered(reply);
                reply[query.length] = 42;
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException _) {
                // the test is over
            }
        });
    }

    @Test
    void shouldPassOnTheAnswerToItsNumberOnlyWhenTheFirstServerIsDead() throws Exception {
        // Given 127.0.0.2 where nobody listens, and a server that lies first
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            answerDatagrams(socket);
            var forwarder = new Forwarder(reactor, socket.getLocalPort());
            Question question = Queries.question("example.org", 1);

            // When
            byte[] answer = ask(forwarder, question, false, "127.0.0.2", "nonsense", "127.0.0.1");

            // Then
            assertThat(answer[answer.length - 1]).isEqualTo((byte) 42);
            assertThat(Message.u16(answer, 0)).isEqualTo(question.id());
        }
    }

    @Test
    void shouldAskByConnectionWhenAskedByOne() throws Exception {
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            var _ = Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    var in = new DataInputStream(socket.getInputStream());
                    byte[] query = in.readNBytes(in.readUnsignedShort());
                    byte[] reply = Arrays.copyOf(query, 40_000);
                    var _ = Queries.answered(reply);
                    socket.getOutputStream().write(Frame.of(reply).array());
                } catch (IOException _) {
                    // the test is over
                }
            });
            var forwarder = new Forwarder(reactor, server.getLocalPort());

            assertThat(ask(forwarder, Queries.question("example.org", 1), true, "127.0.0.1"))
                    .hasSize(40_000);
        }
    }

    @Test
    void shouldFailWhenNobodyAnswers() throws Exception {
        int port;
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            port = socket.getLocalPort();
        }
        var forwarder = new Forwarder(reactor, port);

        assertThat(Message.rcode(ask(forwarder, Queries.question("x", 1), false, "127.0.0.1")))
                .isEqualTo(Message.SERVER_FAILURE);
        assertThat(Message.rcode(ask(forwarder, Queries.question("x", 1), true, "127.0.0.1")))
                .isEqualTo(Message.SERVER_FAILURE);
    }
}
