package io.caisson.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void shouldLetTheStrongerWordWinWhenSeveralSpeak() throws IOException {
        // Given
        Path daemon = Files.writeString(
                folder.resolve("daemon.json"),
                "{\"data-root\":\"/daemon\",\"mtu\":1400,\"dns\":[\"1.1.1.1\",\"::1\"]}");
        Path config = Files.writeString(folder.resolve("caisson.properties"), "caisson.data=/file\ncaisson.mtu=1300\n");

        // When
        Settings settings = Settings.read(
                Map.of(Settings.CONFIG_FILE, config.toString(), Settings.DAEMON_JSON, daemon.toString()),
                Map.of("CAISSON_DATA", "/environment", "CAISSON_DOCKER_SOCKET", "true"));

        // Then
        assertThat(settings.get(Settings.DATA)).contains("/environment");
        assertThat(settings.get("caisson.mtu")).contains("1300");
        assertThat(settings.get("caisson.dns")).contains("1.1.1.1,::1");
        assertThat(settings.isTrue(Settings.DOCKER_SOCKET)).isTrue();
    }

    @Test
    void shouldFailWhenANamedFileIsMissing() {
        assertThatThrownBy(() -> Settings.read(Map.of(Settings.CONFIG_FILE, "/no/such/file"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read /no/such/file");
    }

    @Test
    void shouldTranslateDockersKeysAndNameTheUnknown() throws IOException {
        // When
        DaemonJson json = DaemonJson.parse("""
                {"default-address-pools":[{"base":"10.10.0.0/16","size":24},{"base":"fd00::/48","size":64}],
                 "log-opts":{"max-size":"10m"},"insecure-registries":["localhost:5000"],"userns-remap":"x"}
                """);

        // Then
        assertThat(json.keys())
                .containsEntry("caisson.default-address-pools", "10.10.0.0/16/24,fd00::/48/64")
                .containsEntry("caisson.log-opts.max-size", "10m")
                .containsEntry("caisson.insecure-registries", "localhost:5000");
        assertThat(json.unknown()).containsExactly("userns-remap");
    }
}
