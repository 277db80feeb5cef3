package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits, what containers use of them, and their change: {@code docker stats} and {@code docker update}. */
class ResourcesIT {
    private static final String NAME = "limited";

    private Platform platform;

    @BeforeEach
    void findThePlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-f", NAME);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private void runLimited(String... options) {
        var words = new java.util.ArrayList<>(java.util.List.of("run", "-d", "--name", NAME));
        words.addAll(java.util.List.of(options));
        words.addAll(java.util.List.of("busybox", "sleep", "600"));
        docker(words.toArray(String[]::new));
    }

    private String hostConfig(String field) {
        return docker("inspect", "-f", "{{.HostConfig." + field + "}}", NAME);
    }

    @Test
    void shouldTellWhatAContainerUses() {
        runLimited("-m", "64m");

        String line = docker("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}} {{.PIDs}}", NAME);

        assertThat(line).startsWith(NAME).contains("/ 64MiB").endsWith(" 1");
        String json = Command.of(
                        "curl",
                        "-sf",
                        "--unix-socket",
                        platform.socket.toString(),
                        "http://localhost/containers/" + NAME + "/stats?stream=false")
                .run()
                .orFail();
        assertThat(json).contains("\"eth0\":{\"rx_bytes\"", "\"system_cpu_usage\":", "\"preread\":\"20");
    }

    @Test
    void shouldTellZerosOfAContainerThatDoesNotRun() {
        docker("create", "--name", NAME, "busybox", "true");

        assertThat(docker("stats", "--no-stream", "--format", "{{.PIDs}} {{.CPUPerc}}", NAME))
                .isEqualTo("0 0.00%");
    }

    @Test
    void shouldChangeLimitsOfARunningContainerAndKeepThem() {
        runLimited("-m", "64m");

        docker("update", "-m", "32m", "--memory-swap", "64m", "--cpus", "0.5", "--restart", "on-failure:3", NAME);

        assertThat(docker("stats", "--no-stream", "--format", "{{.MemUsage}}", NAME))
                .endsWith("/ 32MiB");
        assertThat(hostConfig("Memory")).isEqualTo("33554432");
        assertThat(hostConfig("NanoCpus")).isEqualTo("500000000");
        assertThat(hostConfig("RestartPolicy.Name")).isEqualTo("on-failure");
        docker("restart", "-t", "0", NAME);
        assertThat(docker("stats", "--no-stream", "--format", "{{.MemUsage}}", NAME))
                .endsWith("/ 32MiB");
    }

    @Test
    void shouldRefuseContradictionsInDockersWords() {
        runLimited("-m", "64m", "--cpus", "1");

        assertThat(platform.docker("update", "-m", "1g", NAME).run().err())
                .contains("Cannot update container", "update the memoryswap at the same time");
        assertThat(platform.docker("update", "--cpu-quota", "5000", NAME).run().err())
                .contains("CPU Quota cannot be updated as NanoCPUs has already been set");
        assertThat(platform.docker("run", "--rm", "--cpuset-cpus", "0-4000", "busybox")
                        .run()
                        .err())
                .contains("Requested CPUs are not available - requested 0-4000, available: ");
    }
}
