package io.caisson.executor.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.GeneratedFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
    private static GeneratedFiles files(List<String> dns, List<String> search, List<String> options) {
        return new GeneratedFiles("h", "", List.of(), dns, search, options, List.of());
    }

    @Test
    void shouldLeaveOutLoopbackServersWhenHostHasThem() {
        ResolvConf host =
                ResolvConf.parse("# c\nnameserver 127.0.0.53\nnameserver 10.0.0.1\nsearch a b\noptions edns0\n");

        assertThat(host.forContainer(files(List.of(), List.of(), List.of())).text())
                .isEqualTo("nameserver 10.0.0.1\nsearch a b\noptions edns0\n");
    }

    @Test
    void shouldFallBackWhenHostHasNoReachableServer() {
        ResolvConf host = ResolvConf.parse("nameserver 127.0.0.1\n");

        assertThat(host.forContainer(files(List.of(), List.of(), List.of())).text())
                .isEqualTo("nameserver 8.8.8.8\nnameserver 8.8.4.4\n");
    }

    @Test
    void shouldTakeTheUsersWhenGiven() {
        ResolvConf host = ResolvConf.parse("nameserver 10.0.0.1\nsearch a\n");

        assertThat(host.forContainer(files(List.of("1.1.1.1"), List.of("."), List.of("ndots:2")))
                        .text())
                .isEqualTo("nameserver 1.1.1.1\noptions ndots:2\n");
    }
}
