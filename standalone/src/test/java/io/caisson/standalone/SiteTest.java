package io.caisson.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    @TempDir
    Path folder;

    @Test
    void shouldDeriveEverythingFromTheDataDirectory() throws IOException {
        assertThat(site(Map.of()))
                .isEqualTo(new Site(
                        "c0",
                        Path.of("/var/lib/caisson"),
                        Path.of("/run/caisson"),
                        Path.of("/run/caisson/docker.sock")));
        assertThat(site(Map.of(Settings.DATA, "/srv/other")).instance()).matches("c[0-9a-f]{4}");
        assertThat(site(Map.of(Settings.DATA, "/srv/other")).run().toString()).matches("/run/caisson-c[0-9a-f]{4}");
    }

    @Test
    void shouldRefuseASecondProcessOnTheSameData() throws IOException {
        // Given
        var keys = new HashMap<>(Map.of(
                Settings.DATA, folder.resolve("data").toString(),
                Settings.RUN, folder.resolve("run").toString()));
        Site site = site(keys);

        // When a process has it, then only the socket's server keeps another out of the same JVM
        try (var _ = site.occupy()) {
            assertThat(Site.isServed(site.socket())).isFalse();
            assertThatThrownBy(site::occupy).isNotNull();
        }
    }

    @Test
    void shouldOnlyAcceptLoopbackWithoutTls() throws IOException {
        TcpAddress.parse("127.0.0.1:2375").requireSafe(false);
        TcpAddress.parse("tcp://[::1]:2375").requireSafe(false);
        TcpAddress.parse("0.0.0.0:2376").requireSafe(true);
        assertThatThrownBy(() -> TcpAddress.parse("0.0.0.0:2375").requireSafe(false))
                .hasMessageContaining("needs TLS");
        assertThatThrownBy(() -> TcpAddress.parse("2375")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadBothFormsOfAnOption() {
        assertThat(Arguments.parse("--data", "/a", "--socket=/b", "--docker-socket"))
                .containsEntry(Settings.DATA, "/a")
                .containsEntry(Settings.SOCKET, "/b")
                .containsEntry(Settings.DOCKER_SOCKET, "true");
        assertThatThrownBy(() -> Arguments.parse("--nonsense")).hasMessage("unknown option: --nonsense");
    }

    private static Site site(Map<String, String> arguments) throws IOException {
        return Site.of(Settings.read(arguments, Map.of()));
    }
}
