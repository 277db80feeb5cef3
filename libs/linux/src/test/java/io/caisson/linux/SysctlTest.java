package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlTest {
    @Test
    void shouldKeepDotsOfNamesWhenTheyAreWrittenWithSlashes() {
        assertThat(Sysctl.path("net.ipv4.ip_forward")).isEqualTo(Path.of("/proc/sys/net/ipv4/ip_forward"));
        assertThat(Sysctl.path("net/ipv4/conf/eth0.100/forwarding"))
                .isEqualTo(Path.of("/proc/sys/net/ipv4/conf/eth0.100/forwarding"));
        assertThat(Sysctl.path("net.ipv4.conf.eth0/100.forwarding"))
                .isEqualTo(Path.of("/proc/sys/net/ipv4/conf/eth0.100/forwarding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kernel", "/etc/passwd", "net/../../etc/passwd", "a..b", "kernel.x\0y", "kernel/."})
    void shouldRefuseWhenNameIsNone(String name) {
        assertThatThrownBy(() -> Sysctl.path(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadAValueWhenItExists() {
        assertThat(Sysctl.read("kernel.ostype")).isEqualTo("Linux");
    }
}
