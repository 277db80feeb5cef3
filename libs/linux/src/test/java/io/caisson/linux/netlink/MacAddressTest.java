package io.caisson.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MacAddressTest {
    @Test
    void shouldKeepItsTextWhenParsed() {
        assertThat(MacAddress.parse("02:42:AC:11:00:fe")).hasToString("02:42:ac:11:00:fe");
        assertThat(MacAddress.parse("02:42:ac:11:00:fe").bytes()).containsExactly(2, 0x42, 0xac, 0x11, 0, 0xfe);
    }

    @Test
    void shouldRefuseWhenNotSixBytes() {
        assertThatThrownBy(() -> MacAddress.parse("02:42")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MacAddress.parse("02:42:ac:11:00:xx")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MacAddress(1L << 48)).isInstanceOf(IllegalArgumentException.class);
    }
}
