package io.caisson.image.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.oci.ImageConfig.Execution;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigChangesTest {
    @Test
    void shouldApplyEachInstructionWhenTheyAreValid() {
        // When
        Execution config = apply(
                "cmd echo \"$HOME\"",
                "ENTRYPOINT [\"/init\", \"-v\"]",
                "ENV A=1 B=\"two words\" C='x y'\\ z",
                "ENV OLD the rest of it",
                "LABEL \"com.example.key\"=value",
                "EXPOSE 80 8000-8002/udp",
                "USER 1000:1000",
                "WORKDIR /srv",
                "WORKDIR app",
                "VOLUME [\"/data\"]",
                "VOLUME /cache /logs",
                "STOPSIGNAL SIGINT",
                "HEALTHCHECK --interval=1m30s --retries=2 CMD curl -f localhost",
                "ONBUILD RUN make");

        // Then
        assertThat(config.cmd()).containsExactly("/bin/sh", "-c", "echo \"$HOME\"");
        assertThat(config.entrypoint()).containsExactly("/init", "-v");
        assertThat(config.env()).containsExactly("A=1", "B=two words", "C=x y z", "OLD=the rest of it");
        assertThat(config.labels()).containsEntry("com.example.key", "value");
        assertThat(config.exposedPorts()).containsExactly("80/tcp", "8000/udp", "8001/udp", "8002/udp");
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.workingDir()).isEqualTo("/srv/app");
        assertThat(config.volumes()).containsExactly("/data", "/cache", "/logs");
        assertThat(config.stopSignal()).isEqualTo("SIGINT");
        assertThat(config.healthcheck().test()).containsExactly("CMD-SHELL", "curl -f localhost");
        assertThat(config.healthcheck().interval()).isEqualTo(90_000_000_000L);
        assertThat(config.healthcheck().retries()).isEqualTo(2);
        assertThat(config.onBuild()).containsExactly("RUN make");
    }

    @Test
    void shouldSayWhatIsWrongWhenAnInstructionIsNot() {
        // When / Then
        assertThatThrownBy(() -> apply("FROM scratch")).hasMessage("FROM is not a valid change command");
        assertThatThrownBy(() -> apply("ENV lonely")).hasMessage("ENV must have two arguments");
        assertThatThrownBy(() -> apply("EXPOSE http")).hasMessage("invalid containerPort: http");
        assertThatThrownBy(() -> apply("LABEL a=\"open"))
                .hasMessage("unexpected end of statement while looking for matching quote");
    }

    private static Execution apply(String... changes) {
        return ConfigChanges.apply(Execution.empty(), List.of(changes));
    }
}
