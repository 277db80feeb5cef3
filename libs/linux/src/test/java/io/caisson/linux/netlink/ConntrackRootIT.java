package io.caisson.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.linux.Fd;
import io.caisson.linux.Namespaces;
import io.caisson.linux.Root;
import io.caisson.linux.nft.Nftables;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class ConntrackRootIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress CONTAINER = InetAddress.ofLiteral("127.0.0.9");

    private final Fd namespace = Namespaces.newNetwork();
    private final Conntrack conntrack = Conntrack.openIn(namespace);

    @BeforeEach
    void publish() {
        try (Netlink netlink = Netlink.openIn(namespace);
                Nftables nftables = Nftables.openIn(namespace)) {
            netlink.batch().up(1).send();
            nftables.apply("""
                    add table ip t
                    add chain ip t out { type nat hook output priority -100; }
                    add rule ip t out udp dport 5353 dnat to 127.0.0.9:53
                    """);
        }
    }

    @AfterEach
    void close() {
        conntrack.close();
        namespace.close();
    }

    @Test
    void shouldForgetAFlowWhenItsPortIsGivenUp() {
        // Given
        send(5353);
        send(5354);

        // When
        List<Flow> before = conntrack.list();
        int count = conntrack.forgetUdp(5353);

        // Then
        assertThat(before)
                .extracting(Flow::protocol, Flow::destination, Flow::destinationPort, Flow::answering)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(Flow.UDP, LOOPBACK, 5353, CONTAINER),
                        org.assertj.core.groups.Tuple.tuple(Flow.UDP, LOOPBACK, 5354, LOOPBACK));
        assertThat(count).isEqualTo(1);
        assertThat(conntrack.list())
                .extracting(Flow::destinationPort)
                .contains(5354)
                .doesNotContain(5353);
    }

    @Test
    void shouldForgetAFlowWhenItsContainerGoes() {
        send(5353);

        assertThat(conntrack.forget(CONTAINER)).isEqualTo(1);
        assertThat(conntrack.forget(CONTAINER)).isZero();
    }

    private void send(int port) {
        var _ = Namespaces.inNetwork(namespace, () -> {
            try (var socket = new DatagramSocket(0, LOOPBACK)) {
                socket.send(new DatagramPacket(new byte[1], 1, LOOPBACK, port));
                return port;
            }
        });
    }
}
