package io.caisson.executor.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.network.api.PublishRequest;
import io.caisson.network.api.PublishedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostPortsTest {
    private static final ContainerId FIRST = new ContainerId("first");
    private static final ContainerId SECOND = new ContainerId("second");

    private final HostPorts ports = new HostPorts();

    @AfterEach
    void close() {
        ports.close();
    }

    private static PublishRequest request(int first, int last) {
        return new PublishRequest("tcp", 80, "127.0.0.1", first, last);
    }

    @Test
    void shouldPickAFreePortWhenNoneIsNamed() {
        List<PublishedPort> reserved = ports.reserve(FIRST, List.of(request(0, 0), request(0, 0)));

        assertThat(reserved)
                .extracting(PublishedPort::hostPort)
                .doesNotHaveDuplicates()
                .allMatch(port -> port > 1024);
        assertThat(ports.reserve(FIRST, List.of(request(0, 0), request(0, 0)))).isEqualTo(reserved);
    }

    @Test
    void shouldRefuseInDockersWordsWhenPortIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> ports.reserve(FIRST, List.of(request(0, 0), request(port, port))))
                    .isInstanceOf(Fault.class)
                    .hasMessage("Bind for 127.0.0.1:" + port + " failed: port is already allocated");
        }
    }

    @Test
    void shouldTakeTheNextOfARangeWhenTheFirstIsHeld() {
        int port = ports.reserve(FIRST, List.of(request(0, 0))).getFirst().hostPort();

        assertThat(ports.reserve(SECOND, List.of(request(port, port + 1)))
                        .getFirst()
                        .hostPort())
                .isEqualTo(port + 1);
        ports.release(SECOND);
        ports.release(FIRST);
        assertThat(ports.reserve(SECOND, List.of(request(port, port)))
                        .getFirst()
                        .hostPort())
                .isEqualTo(port);
    }

    @Test
    void shouldHoldNothingWhenOneOfManyFails() throws IOException {
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        int taken = ports.reserve(FIRST, List.of(request(0, 0))).getFirst().hostPort();

        assertThatThrownBy(() -> ports.reserve(SECOND, List.of(request(free, free), request(taken, taken))))
                .isInstanceOf(Fault.class);

        new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void shouldSaySoWhenAddressIsIpv6() {
        assertThatThrownBy(() -> ports.reserve(FIRST, List.of(new PublishRequest("tcp", 80, "::1", 0, 0))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNSUPPORTED));
    }
}
