package io.caisson.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.container.Requests;
import io.caisson.container.api.ContainerConfig;
import io.caisson.kernel.Fault;
import io.caisson.oci.ImageConfig.Execution;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigMergeTest {
    private static final Execution IMAGE = new Execution(
            "app",
            List.of("80/tcp"),
            List.of("A=image", "B=image"),
            List.of("/entry"),
            List.of("serve"),
            List.of("/data"),
            "/srv",
            Map.of("k", "image", "only", "image"),
            "SIGQUIT",
            null,
            null,
            null,
            false);

    @Test
    void shouldTakeEverythingFromTheImageWhenNothingIsAskedFor() {
        ContainerConfig merged = merge("{}");

        assertThat(merged.user()).isEqualTo("app");
        assertThat(merged.entrypoint()).containsExactly("/entry");
        assertThat(merged.cmd()).containsExactly("serve");
        assertThat(merged.env()).containsExactly("A=image", "B=image");
        assertThat(merged.workingDir()).isEqualTo("/srv");
        assertThat(merged.volumes()).containsOnlyKeys("/data");
        assertThat(merged.exposedPorts()).containsOnlyKeys("80/tcp");
        assertThat(merged.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(merged.hostname()).isEqualTo("box");
    }

    @Test
    void shouldPreferTheRequestKeyByKey() {
        ContainerConfig merged = merge("""
                {"env":["B=mine","C=mine"],"labels":{"k":"mine"},"exposedPorts":{"90/udp":{}},"user":"0","cmd":["x"]}""");

        assertThat(merged.env()).containsExactly("B=mine", "C=mine", "A=image");
        assertThat(merged.labels()).isEqualTo(Map.of("k", "mine", "only", "image"));
        assertThat(merged.exposedPorts()).containsOnlyKeys("80/tcp", "90/udp");
        assertThat(merged.user()).isEqualTo("0");
        assertThat(merged.entrypoint()).containsExactly("/entry");
        assertThat(merged.cmd()).containsExactly("x");
    }

    @Test
    void shouldDropTheImagesCommandWhenAnEntrypointIsGiven() {
        assertThat(merge("{\"entrypoint\":[\"/mine\"]}").cmd()).isNull();
        assertThat(merge("{\"entrypoint\":[\"\"],\"cmd\":[\"x\"]}").entrypoint())
                .isNull();
    }

    @Test
    void shouldRefuseWhatCannotRun() {
        assertInvalid("{\"entrypoint\":[\"\"]}", "no command specified");
        assertInvalid(
                "{\"workingDir\":\"relative\"}",
                "the working directory 'relative' is invalid, it needs to be an absolute path");
        assertInvalid("{\"env\":[\"=x\"]}", "invalid environment variable: =x");
        assertInvalid("{\"stopSignal\":\"SIGNOPE\"}", "invalid signal: SIGNOPE");
    }

    @Test
    void shouldRefuseHostConfigurationsInDockersWords() {
        assertHost("{\"memory\":1000000}", "Minimum memory limit allowed is 6MB");
        assertHost(
                "{\"autoRemove\":true,\"restartPolicy\":{\"name\":\"always\"}}",
                "can't create 'AutoRemove' container with restart policy");
        assertHost(
                "{\"restartPolicy\":{\"name\":\"sometimes\"}}",
                "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or"
                        + " 'unless-stopped'");
        assertHost("{\"pidMode\":\"x\"}", "invalid PID mode: x");
        assertHost(
                "{\"logConfig\":{\"type\":\"nope\"}}",
                "error looking up logging plugin nope: plugin \"nope\" not found");
        assertHost("{\"oomScoreAdj\":2000}", "Invalid value 2000, range for oom score adj is [-1000, 1000]");
    }

    @Test
    void shouldFillInDockersDefaults() {
        var filled = HostConfigDefaults.fill(Requests.host("{\"memory\":67108864}"), "bridge", 2);

        assertThat(filled.networkMode()).isEqualTo("bridge");
        assertThat(filled.restartPolicy().name()).isEqualTo("no");
        assertThat(filled.logConfig().type()).isEqualTo("json-file");
        assertThat(filled.shmSize()).isEqualTo(67108864);
        assertThat(filled.memorySwap()).isEqualTo(134217728);
        assertThat(filled.ipcMode()).isEqualTo("private");
        assertThat(filled.cgroupnsMode()).isEqualTo("private");
        assertThat(filled.maskedPaths()).isEqualTo(HostConfigDefaults.MASKED);
    }

    private static ContainerConfig merge(String json) {
        return ConfigMerge.merge(Requests.config(json), IMAGE, "box");
    }

    private static void assertInvalid(String json, String message) {
        assertThatThrownBy(() -> ConfigRules.check(merge(json)))
                .isInstanceOf(Fault.class)
                .hasMessage(message);
    }

    private static void assertHost(String json, String message) {
        assertThatThrownBy(() -> HostConfigRules.check(Requests.host(json)))
                .isInstanceOf(Fault.class)
                .hasMessage(message);
    }
}
