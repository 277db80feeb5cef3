package io.caisson.container.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.Requests;
import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.LogConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OperatorWishesTest {
    private static final LogDefaults SMALL = new LogDefaults("json-file", Map.of("max-size", "1m", "max-file", "3"));

    @Test
    void shouldFillLogOptionsWhenContainerUsesTheSameDriver() {
        // Given one that names nothing, and one that names one of the options
        LogConfig silent = logOf(SMALL, "{}");
        LogConfig own = logOf(SMALL, "{\"logConfig\":{\"type\":\"json-file\",\"config\":{\"max-size\":\"5k\"}}}");

        // Then the operator's are behind its own
        assertThat(silent.type()).isEqualTo("json-file");
        assertThat(silent.config()).isEqualTo(SMALL.options());
        assertThat(own.config()).isEqualTo(Map.of("max-size", "5k", "max-file", "3"));
    }

    @Test
    void shouldLeaveOptionsAwayWhenContainerUsesAnotherDriver() {
        assertThat(logOf(SMALL, "{\"logConfig\":{\"type\":\"none\"}}").config()).isEmpty();
    }

    @Test
    void shouldTakeOperatorsResolverWhenContainerAsksForNone() {
        // Given
        var dns = new DnsDefaults(List.of("10.0.0.1"), List.of("example"), List.of("ndots:3"));
        HostConfig own = Requests.host("{\"dns\":[\"1.1.1.1\"]}");

        // Then each wish of the container's stands for itself
        assertThat(dns.serversOf(own)).containsExactly("1.1.1.1");
        assertThat(dns.searchOf(own)).containsExactly("example");
        assertThat(dns.optionsOf(Requests.host("{}"))).containsExactly("ndots:3");
    }

    private static LogConfig logOf(LogDefaults defaults, String host) {
        return Objects.requireNonNull(defaults.fill(Requests.host(host)).logConfig());
    }
}
