package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class SysctlRootIT {
    private static final String TTL = "net.ipv4.ip_default_ttl";

    @Test
    void shouldChangeOnlyTheNamespaceWhenWrittenInIt() {
        String here = Sysctl.read(TTL);
        try (Fd network = Namespaces.newNetwork()) {
            Sysctl.writeIn(network, Map.of(TTL, "33"));

            assertThat(Namespaces.inNetwork(network, () -> Sysctl.read(TTL))).isEqualTo("33");
            assertThat(Sysctl.read(TTL)).isEqualTo(here);
        }
    }

    @Test
    void shouldSayWhatTheKernelRefusesWhenValueIsBad() {
        try (Fd network = Namespaces.newNetwork()) {
            assertThatThrownBy(() -> Sysctl.writeIn(network, Map.of(TTL, "many")))
                    .hasMessage("write: EINVAL (Invalid argument): net.ipv4.ip_default_ttl=many");
        }
    }
}
