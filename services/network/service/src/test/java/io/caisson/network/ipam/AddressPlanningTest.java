package io.caisson.network.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.caisson.network.ipam.PoolPlanner.AddressPool;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPlanningTest {
    private static final Subnet SUBNET = Subnet.parse("172.17.0.0/16");
    private static final long GATEWAY = Ipv4.parse("172.17.0.1");

    @Test
    void shouldChooseTheLowestFreeAddressWhenNoneIsWanted() {
        var taken = Set.of(Ipv4.parse("172.17.0.2"), Ipv4.parse("172.17.0.4"));

        long address = AddressPlanner.choose(SUBNET, SUBNET, GATEWAY, taken, null);

        assertThat(Ipv4.format(address)).isEqualTo("172.17.0.3");
        assertThat(AddressPlanner.macOf(address)).isEqualTo("02:42:ac:11:00:03");
    }

    @Test
    void shouldStayInTheRangeWhenThereIsOne() {
        long address = AddressPlanner.choose(SUBNET, Subnet.parse("172.17.9.0/24"), GATEWAY, Set.of(), null);

        assertThat(Ipv4.format(address)).isEqualTo("172.17.9.0");
    }

    @Test
    void shouldRefuseTheWantedAddressWhenItIsTakenOrOutside() {
        assertThatThrownBy(() -> AddressPlanner.choose(SUBNET, SUBNET, GATEWAY, Set.of(), "172.17.0.1"))
                .hasMessage("Address already in use")
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.FORBIDDEN));
        assertThatThrownBy(() -> AddressPlanner.choose(SUBNET, SUBNET, GATEWAY, Set.of(), "10.0.0.1"))
                .hasMessage("no configured subnet or ip-range contain the IP address 10.0.0.1");
        assertThatThrownBy(() -> AddressPlanner.choose(SUBNET, SUBNET, GATEWAY, Set.of(), "10.0.0"))
                .hasMessage("invalid IP address: 10.0.0");
    }

    @Test
    void shouldSayThatNoneIsLeftWhenTheSubnetIsFull() {
        var small = Subnet.parse("10.0.0.0/30");
        var taken = Set.of(Ipv4.parse("10.0.0.2"));

        assertThatThrownBy(() -> AddressPlanner.choose(small, small, Ipv4.parse("10.0.0.1"), taken, null))
                .hasMessage("no available IPv4 addresses on this network's address pools");
    }

    @Test
    void shouldChooseTheFirstFreeSubnetFromTheOffset() {
        var pools = List.of(new AddressPool(Subnet.parse("10.0.0.0/22"), 24));
        var taken = List.of(Subnet.parse("10.0.1.0/25"), Subnet.parse("10.0.2.0/24"));

        assertThat(PoolPlanner.choose(pools, taken, 0)).hasToString("10.0.0.0/24");
        assertThat(PoolPlanner.choose(pools, taken, 1)).hasToString("10.0.3.0/24");
        assertThatThrownBy(() -> PoolPlanner.choose(pools, List.of(Subnet.parse("10.0.0.0/8")), 0))
                .hasMessage("all predefined address pools have been fully subnetted");
    }

    @Test
    void shouldReadTheHostsRoutesButTheDefaultOne() {
        var lines = List.of(
                "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT",
                "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0");

        assertThat(HostRoutes.parse(lines)).containsExactly(SUBNET);
    }
}
