package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker run} and its flags, by the docker CLI. */
class RunIT {
    private Platform platform;

    @BeforeEach
    void shareAPlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    private Command.Result run(String... words) {
        var all = new java.util.ArrayList<>(List.of("run", "--rm"));
        all.addAll(List.of(words));
        return platform.docker(all.toArray(String[]::new)).run();
    }

    @Test
    void shouldPrintWhatTheCommandPrintsWhenPulledFromARegistry() {
        // Given nothing but a reference
        var _ = platform.docker("rmi", "-f", TestImages.busybox(), "busybox").run();

        // When
        var result = run(TestImages.busybox(), "echo", "hi");

        // Then
        assertThat(result.orFail()).isEqualTo("hi");
        assertThat(result.err()).contains("Pull complete").contains("Status: Downloaded newer image for");
    }

    @Test
    void shouldKeepStreamsAndExitCodesApart() {
        var result = run("busybox", "sh", "-c", "echo out; echo err >&2; exit 7");

        assertThat(result).isEqualTo(new Command.Result(7, "out\n", "err\n"));
    }

    @Test
    void shouldExitAsDockerDoesWhenTheCommandCannotRun() {
        assertThat(run("busybox", "no-such-command").exit()).isEqualTo(127);
        assertThat(run("busybox", "no-such-command").err())
                .contains("exec: \"no-such-command\": executable file not found in $PATH");
        assertThat(run("busybox", "/etc").exit()).isEqualTo(126);
        assertThat(run("--no-such-flag", "busybox").exit()).isEqualTo(125);
        assertThat(run("127.0.0.1:1/none", "true").exit()).isEqualTo(125);
        assertThat(run("busybox", "sh", "-c", "sh -c 'kill -9 $$'; exit $?").exit())
                .isEqualTo(137);
    }

    @Test
    void shouldSetUpTheProcessAsAsked() {
        var script = "echo $GREETING; pwd; id -u; id -g; hostname; cat /etc/layer";

        var result = run(
                "-e", "GREETING=hello", "-w", "/new/dir", "-u", "nobody", "-h", "box", "busybox", "sh", "-c", script);

        assertThat(result.orFail().lines()).containsExactly("hello", "/new/dir", "65534", "65534", "box", "second");
    }

    @Test
    void shouldUseTheEntrypointAndLabels() {
        assertThat(run("--entrypoint", "echo", "--label", "a=b", "busybox", "x", "y")
                        .orFail())
                .isEqualTo("x y");
        var id = platform.docker("create", "--label", "a=b", "busybox").run().orFail();
        assertThat(platform.docker("inspect", "-f", "{{.Config.Labels.a}}", id)
                        .run()
                        .orFail())
                .isEqualTo("b");
        assertThat(platform.docker("ps", "-aq", "--no-trunc", "--filter", "label=a=b")
                        .run()
                        .orFail())
                .isEqualTo(id);
        var _ = platform.docker("rm", id).run().orFail();
    }

    @Test
    void shouldMountBindsVolumesAndTmpfs(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(folder.resolve("in"), "from the host");

        // When
        var result = run(
                "-v",
                folder + ":/host",
                "-v",
                folder + ":/ro:ro",
                "--tmpfs",
                "/scratch",
                "-v",
                "e2e-volume:/data",
                "busybox",
                "sh",
                "-c",
                "cat /host/in; echo; echo out >/host/out; touch /ro/x 2>&1; df -t tmpfs /scratch | tail -1 | awk '{print $6}';"
                        + " echo kept >/data/file");

        // Then
        assertThat(result.orFail().lines())
                .containsExactly("from the host", "touch: /ro/x: Read-only file system", "/scratch");
        assertThat(folder.resolve("out")).hasContent("out");
        assertThat(run("-v", "e2e-volume:/data", "busybox", "cat", "/data/file").orFail())
                .isEqualTo("kept");
    }

    @Test
    void shouldLimitTheContainerAsDockerDoesByDefault() {
        var result = run(
                "busybox",
                "sh",
                "-c",
                "grep CapEff /proc/self/status | awk '{print $2}'; grep Seccomp: /proc/self/status | awk '{print $2}';"
                        + " cat /proc/timer_list 2>/dev/null | wc -c; grep -c ' /proc/sys proc ro' /proc/mounts;"
                        + " mknod /dev/sda b 8 0 && (head -c1 /dev/sda 2>&1 | grep -ci 'not permitted')");

        assertThat(result.orFail().lines()).containsExactly("00000000a80425fb", "2", "0", "1", "1");
    }
}
