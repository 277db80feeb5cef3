package io.caisson.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Namespaces;
import io.caisson.linux.Root;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class NetlinkRootIT {
    private static final MacAddress BRIDGE_MAC = MacAddress.parse("02:42:00:00:00:01");
    private static final MacAddress PEER_MAC = MacAddress.parse("02:42:ac:1e:00:02");

    private final Fd hostNamespace = Namespaces.newNetwork();
    private final Fd containerNamespace = Namespaces.newNetwork();
    private final Netlink host = Netlink.openIn(hostNamespace);
    private final Netlink container = Netlink.openIn(containerNamespace);

    @AfterEach
    void close() {
        host.close();
        container.close();
        hostNamespace.close();
        containerNamespace.close();
    }

    @Test
    void shouldConnectAContainerWhenLinkIsCreatedAndConfigured() {
        // Given
        Link bridge = host.createBridge("br0", BRIDGE_MAC, 1400);
        host.batch().addAddress(bridge.index(), Cidr.parse("172.30.0.1/24")).send();

        // When
        host.createContainerLink(new VethSpec("c1", null, bridge.index(), containerNamespace, "eth0", PEER_MAC, 1400));
        Link inside = container.configure(
                "eth0",
                List.of(Cidr.parse("172.30.0.2/24"), Cidr.parse("fd00:30::2/64")),
                List.of(InetAddress.ofLiteral("172.30.0.1"), InetAddress.ofLiteral("fd00:30::1")));

        // Then
        Link port = host.requireLink("c1");
        assertThat(bridge.isUp()).isTrue();
        assertThat(bridge.mac()).isEqualTo(BRIDGE_MAC);
        assertThat(bridge.kind()).isEqualTo("bridge");
        assertThat(port.isUp()).isTrue();
        assertThat(port.master()).isEqualTo(bridge.index());
        assertThat(port.mtu()).isEqualTo(1400);
        assertThat(port.peer()).isEqualTo(inside.index());
        assertThat(inside.mac()).isEqualTo(PEER_MAC);
        assertThat(inside.mtu()).isEqualTo(1400);
        assertThat(inside.kind()).isEqualTo("veth");
        assertThat(container.links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "eth0");
        assertThat(container.links()).allMatch(Link::isUp);
        assertThat(container.addresses())
                .contains(
                        new LinkAddress(inside.index(), Cidr.parse("172.30.0.2/24")),
                        new LinkAddress(inside.index(), Cidr.parse("fd00:30::2/64")));
        assertThat(container.routes().stream().filter(route -> route.isDefault() && route.gateway() != null))
                .extracting(route -> String.valueOf(route.gateway()))
                .containsExactlyInAnyOrder("/172.30.0.1", "/fd00:30:0:0:0:0:0:1");
        assertThat(host.routes())
                .contains(new Route(Cidr.parse("172.30.0.0/24"), null, bridge.index(), Route.MAIN_TABLE));
    }

    @Test
    void shouldTakeTheSameConfigurationTwiceWhenCalledAgain() {
        Link bridge = host.createBridge("br0", null, 1500);
        var address = Cidr.parse("10.5.0.1/16");
        var far = new Route(Cidr.parse("10.6.0.0/16"), InetAddress.ofLiteral("10.5.0.9"), bridge.index(), 254);

        for (int i = 0; i < 2; i++) {
            host.batch().addAddress(bridge.index(), address).addRoute(far).send();
        }

        assertThat(host.routes()).containsOnlyOnce(far);
        host.batch().deleteRoute(far).deleteAddress(bridge.index(), address).send();
        assertThat(host.routes()).doesNotContain(far);
        assertThat(host.addresses()).extracting(LinkAddress::address).doesNotContain(address);
    }

    @Test
    void shouldChangeALinkWhenAskedTo() {
        // Given
        Link bridge = host.createBridge("br0", null, 1500);
        host.createContainerLink(new VethSpec("c1", null, 0, containerNamespace, "eth0", PEER_MAC, 1500));
        int port = host.requireLink("c1").index();

        // When
        host.batch()
                .down(port)
                .rename(port, "renamed")
                .mac(port, PEER_MAC)
                .mtu(port, 1300)
                .master(port, bridge.index())
                .up(port)
                .hairpin(port, true)
                .send();

        // Then
        assertThat(host.link("c1")).isEmpty();
        assertThat(host.requireLink("renamed"))
                .extracting(Link::index, Link::mac, Link::mtu, Link::master, Link::isUp)
                .containsExactly(port, PEER_MAC, 1300, bridge.index(), true);
        assertThat(host.isHairpin(port)).isTrue();
        host.batch().hairpin(port, false).master(port, 0).send();
        assertThat(host.isHairpin(port)).isFalse();
        assertThat(host.requireLink("renamed").master()).isZero();
    }

    @Test
    void shouldRemoveBothEndsWhenALinkIsDeleted() {
        host.createContainerLink(new VethSpec("c1", null, 0, containerNamespace, "eth0", PEER_MAC, 1500));

        host.deleteLink("c1");
        host.deleteLink("c1");

        assertThat(host.link("c1")).isEmpty();
        assertThat(container.link("eth0")).isEmpty();
    }

    @Test
    void shouldTellTheFirstFailureAndMakeTheRestWhenOneOfABatchFails() {
        host.createBridge("br0", null, 1500);

        assertThatThrownBy(() -> host.batch()
                        .addBridge("br0", null, 1500)
                        .addBridge("br1", null, 1500)
                        .send())
                .isInstanceOfSatisfying(LinuxException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.EEXIST);
                    assertThat(e).hasMessageStartingWith("add bridge br0: EEXIST (File exists)");
                });

        assertThat(host.link("br1")).isPresent();
        assertThat(host.links()).hasSize(3);
    }

    @Test
    void shouldAddTheKernelsWordsWhenItExplainsItself() {
        Link bridge = host.createBridge("br0", null, 1500);

        assertThatThrownBy(() -> host.batch()
                        .defaultRoute(InetAddress.ofLiteral("10.9.9.9"), bridge.index())
                        .send())
                .hasMessage("add route 0.0.0.0/0: ENETUNREACH (Network is unreachable): Nexthop has invalid gateway");
    }

    @Test
    void shouldListEverythingWhenAnswersComeInManyParts() {
        Batch batch = host.batch();
        IntStream.range(0, 100).forEach(i -> batch.addBridge("bridge" + i, null, 1500));
        batch.send();

        assertThat(host.links()).hasSize(101).extracting(Link::name).contains("bridge0", "bridge99");
    }

    @Test
    void shouldAnswerEveryThreadWhenManyUseOneSocket() {
        List<String> names = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> host.requireLink("lo").name() + host.links().size())
                .distinct()
                .toList();

        assertThat(names).containsExactly("lo1");
    }

    @Test
    void shouldRefuseWhenNameIsTooLong() {
        assertThatThrownBy(() -> host.batch().addBridge("0123456789abcdef", null, 1500))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
