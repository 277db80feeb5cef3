package io.caisson.image.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.caisson.oci.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMappingTest {
    private static final String LAYER = "sha256:" + "ab".repeat(32);

    /** As a builder writes it, with all that Docker adds. */
    private static final String FULL = """
            {"architecture":"arm64","variant":"v8","os":"linux","created":"2024-05-18T19:17:30.123456789+02:00",
             "docker_version":"24.0.7","container":"ignored","author":"somebody",
             "config":{"Hostname":"","Domainname":"","User":"postgres:999","AttachStdin":false,
               "ExposedPorts":{"5432/tcp":{},"53/udp":{}},
               "Env":["PATH=/usr/bin","EMPTY="],"Entrypoint":["docker-entrypoint.sh"],"Cmd":["postgres"],
               "Image":"sha256:x","Volumes":{"/var/lib/postgresql/data":{}},"WorkingDir":"/srv",
               "OnBuild":null,"Labels":{"a":"b","n":null},"StopSignal":"SIGINT","Shell":["/bin/bash","-c"],
               "Healthcheck":{"Test":["CMD-SHELL","pg_isready"],"Interval":30000000000,"Timeout":1,"Retries":3}},
             "rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created":"2024-05-18T00:00:00Z","created_by":"/bin/sh -c #(nop) ADD file"},
                        {"created_by":"CMD","comment":"buildkit.dockerfile.v0","empty_layer":true}]}
            """.formatted(LAYER);

    @Test
    void shouldReadAllFieldsWhenTheConfigIsFull() {
        // When
        ImageConfig config = read(FULL);

        // Then
        assertThat(config.platform()).hasToString("linux/arm64/v8");
        assertThat(ConfigMapping.created(config.created())).isEqualTo(Instant.parse("2024-05-18T17:17:30.123456789Z"));
        assertThat(config.rootfs().diffIds()).hasSize(1);
        assertThat(config.history()).extracting(ImageConfig.History::emptyLayer).containsExactly(false, true);
        ImageConfig.Execution execution = config.config();
        assertThat(execution.user()).isEqualTo("postgres:999");
        assertThat(execution.exposedPorts()).containsExactly("53/udp", "5432/tcp");
        assertThat(execution.env()).containsExactly("PATH=/usr/bin", "EMPTY=");
        assertThat(execution.entrypoint()).containsExactly("docker-entrypoint.sh");
        assertThat(execution.volumes()).containsExactly("/var/lib/postgresql/data");
        assertThat(execution.labels()).containsEntry("a", "b");
        assertThat(execution.onBuild()).isNull();
        assertThat(execution.shell()).containsExactly("/bin/bash", "-c");
        assertThat(execution.healthcheck().interval()).isEqualTo(30_000_000_000L);
        assertThat(execution.healthcheck().retries()).isEqualTo(3);
        assertThat(execution.healthcheck().startPeriod()).isNull();
    }

    @Test
    void shouldReadTheSameWhenWrittenAgain() {
        // Given
        ImageConfig config = read(FULL);

        // When
        byte[] written = ConfigWriting.bytes(config);

        // Then
        assertThat(ConfigMapping.read(written)).isEqualTo(config);
        assertThat(ConfigWriting.bytes(ConfigMapping.read(written))).isEqualTo(written);
    }

    @Test
    void shouldReadWhatIsThereWhenFieldsAreOdd() {
        // When
        ImageConfig config = read("""
                {"OS":"linux","created":"yesterday","config":{"Env":null,"Cmd":"sh","ExposedPorts":["80"],
                 "Labels":[],"User":7,"Healthcheck":{"Retries":99999999999}},
                 "rootfs":{"diff_ids":null},"history":null}
                """);

        // Then
        assertThat(config.os()).isEqualTo("linux");
        assertThat(config.architecture()).isEmpty();
        assertThat(ConfigMapping.created(config.created())).isEqualTo(Instant.EPOCH);
        assertThat(config.config().cmd()).containsExactly("sh");
        assertThat(config.config().env()).isEmpty();
        assertThat(config.config().user()).isNull();
        assertThat(config.config().healthcheck().retries()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"rootfs\":{\"diff_ids\":[\"sha256:12\"]}}",
                "{\"rootfs\":{},\"rootfs\":{}}",
                "{\"rootfs\":{}",
            })
    void shouldBeInvalidWhenItIsNoConfig(String text) {
        // When / Then
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind())
                .isEqualTo(Fault.Kind.INVALID));
    }

    @Test
    void shouldBeInvalidWhenItIsNestedTooDeep() {
        // Given
        String deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);

        // When / Then
        assertThatThrownBy(() -> read(deep)).isInstanceOf(Fault.class);
    }

    private static ImageConfig read(String text) {
        return ConfigMapping.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
