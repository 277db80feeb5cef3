package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.Namespaces;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class PublishRootIT {
    private final TestHost host;
    private int port;

    PublishRootIT() throws IOException {
        host = new TestHost();
    }

    @BeforeEach
    void freePort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private TestTask server(int n) {
        return host.task("nc", "-ll", "-p", "80", "-e", "echo", "hello").connected(n);
    }

    private static String ask(String address, int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 2000);
                socket.setSoTimeout(2000);
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    private String logOf(TestTask task) throws IOException {
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        return task.log();
    }

    private String gateway(TestTask task) {
        return task.ip().replaceFirst("[0-9]+$", "1");
    }

    @Test
    void shouldAnswerOnTheHostsAddressesWhenPublishedEverywhere() throws IOException {
        TestTask server = server(2).published("tcp", "0.0.0.0", port, 80);
        host.start(server.command());

        assertThat(ask("127.0.0.1", port)).isEqualTo("hello\n");
        assertThat(ask(gateway(server), port)).isEqualTo("hello\n");
        String fromNeighbour = logOf(host.task("nc", "-w", "3", gateway(server), Integer.toString(port))
                .connected(3));
        assertThat(fromNeighbour).contains("\"hello\\n\"");
    }

    @Test
    void shouldAnswerOnThatAddressOnlyWhenPublishedThere() throws IOException {
        TestTask server = server(2).published("tcp", "127.0.0.1", port, 80);
        host.start(server.command());

        assertThat(ask("127.0.0.1", port)).isEqualTo("hello\n");
        String fromNeighbour = logOf(host.task("nc", "-w", "1", gateway(server), Integer.toString(port))
                .connected(3));
        assertThat(fromNeighbour).doesNotContain("hello");
    }

    @Test
    void shouldReachItselfWhenAskingByItsPublishedPort() throws IOException {
        TestTask server = host.task(
                        "sh",
                        "-c",
                        "nc -ll -p 80 -e echo hello & for i in 1 2 3 4 5 6 7 8 9; do nc -w 2 $(ip route | sed -n"
                                + " 's/default via \\([0-9.]*\\).*/\\1/p') "
                                + port + " && break; done")
                .connected(2)
                .published("tcp", "0.0.0.0", port, 80);

        assertThat(logOf(server)).contains("\"hello\\n\"");
    }

    @Test
    void shouldNotReachNeighboursWhenTheNetworkForbidsIt() throws IOException {
        TestTask server = server(2).withoutNeighbours();
        host.start(server.command());
        assertThat(ask(server.ip(), 80)).isEqualTo("hello\n");

        assertThat(logOf(host.task("nc", "-w", "1", server.ip(), "80")
                        .connected(3)
                        .withoutNeighbours()))
                .doesNotContain("hello");
        assertThat(logOf(host.task("nc", "-w", "3", gateway(server), "1")
                        .connected(4)
                        .withoutNeighbours()))
                .doesNotContain("hello");
    }

    @Test
    void shouldPassDatagramsBothWaysWhenPublishedByUdp() throws IOException {
        TestTask task = host.task("sleep", "1000").connected(2).published("udp", "0.0.0.0", port, 80);
        int pid = host.start(task.command()).pid();
        try (var namespace = Namespaces.ofProcess(pid, Namespaces.Kind.NETWORK);
                var inside = Namespaces.inNetwork(namespace, () -> new DatagramSocket(80));
                var outside = new DatagramSocket()) {
            inside.setSoTimeout(10_000);
            outside.setSoTimeout(10_000);
            var packet = new DatagramPacket(
                    new byte[] {'?'}, 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            outside.send(packet);
            inside.receive(packet);
            inside.send(new DatagramPacket(new byte[] {'!'}, 1, packet.getSocketAddress()));
            outside.receive(packet);

            assertThat(packet.getData()[0]).isEqualTo((byte) '!');
        }
    }

    @Test
    void shouldNotBeReachedFromAnotherNetworkWhenNotPublished() throws IOException {
        TestTask server = server(2);
        host.start(server.command());
        assertThat(ask(server.ip(), 80)).isEqualTo("hello\n");

        try (TestHost other = new TestHost()) {
            TestTask client = other.task("nc", "-w", "1", server.ip(), "80").connected(2);
            try (TaskLogbook watch = other.watch()) {
                other.start(client.command());
                watch.awaitExit(client.id());
            }
            assertThat(client.log()).doesNotContain("hello");
        }
    }

    @Test
    void shouldStayPublishedWhenExecutorRestarts() throws IOException {
        TestTask server = server(2).published("tcp", "0.0.0.0", port, 80);
        host.start(server.command());

        host.restartExecutor();

        assertThat(ask("127.0.0.1", port)).isEqualTo("hello\n");
        assertThatThrownBy(() -> new ServerSocket(port).close()).isInstanceOf(IOException.class);
    }

    @Test
    void shouldFreeThePortWhenContainerEnds() throws IOException {
        TestTask task = host.task("true").connected(2).published("tcp", "0.0.0.0", port, 80);

        logOf(task);

        new ServerSocket(port).close();
    }

    @Test
    void shouldLeaveNothingWhenPortIsTaken() throws IOException {
        try (var other = new ServerSocket(port)) {
            TestTask task = host.task("true").connected(2).published("tcp", "0.0.0.0", other.getLocalPort(), 80);

            assertThatThrownBy(() -> host.start(task.command()))
                    .hasMessage("Bind for 0.0.0.0:" + port + " failed: port is already allocated");

            TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        }
        assertThat(host.leftovers()).isEmpty();
    }
}
