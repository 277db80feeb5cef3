package io.caisson.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CidrTest {
    @Test
    void shouldComputeTheNetworkWhenAddressHasHostBits() {
        Cidr cidr = Cidr.parse("172.17.5.9/20");

        assertThat(cidr.network()).hasToString("172.17.0.0/20");
        assertThat(cidr.broadcast()).isEqualTo(InetAddress.ofLiteral("172.17.15.255"));
    }

    @Test
    void shouldComputeTheNetworkWhenIpv6() {
        assertThat(Cidr.parse("fd00:1::5/64").network()).isEqualTo(Cidr.parse("fd00:1::/64"));
    }

    @Test
    void shouldSeeOverlapWhenOneHoldsTheOther() {
        assertThat(Cidr.parse("10.0.0.0/8").overlaps(Cidr.parse("10.9.0.0/16"))).isTrue();
        assertThat(Cidr.parse("10.9.0.0/16").overlaps(Cidr.parse("10.0.0.0/8"))).isTrue();
        assertThat(Cidr.parse("10.9.0.0/16").overlaps(Cidr.parse("10.8.0.0/16")))
                .isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").overlaps(Cidr.parse("::/0"))).isFalse();
    }

    @Test
    void shouldRefuseWhenNotALiteral() {
        assertThatThrownBy(() -> Cidr.parse("localhost/8")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cidr.parse("10.0.0.1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cidr.parse("10.0.0.1/33")).isInstanceOf(IllegalArgumentException.class);
    }
}
