package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.executor.api.ExecRef;
import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.TaskStreams;
import io.caisson.executor.api.UpdateTask;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Ids;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.linux.cgroup.Cgroups;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Containers that the monitor makes by itself, beside those that the runtime makes of the same specification. */
@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class MakeRootIT {
    private static final String LOOK =
            "{ grep -E '^(Uid|Gid|Groups|Cap|NoNew|Secc|SigB|SigI|SigC|Cpus_allowed|Specul)' /proc/self/status;"
                    + " cat /proc/self/cgroup /proc/self/limits /proc/self/oom_score_adj /proc/self/mountinfo;"
                    + " grep _ses /proc/keys | sed 's/.* keyring/keyring/'; ls -ln / /dev /dev/pts /made /file;"
                    + " hostname; cat /proc/sys/kernel/shmmax /proc/sys/kernel/domainname; pwd; umask; env;"
                    + " ls /proc/self/fd; cut -d ' ' -f 4-7 /proc/1/stat; chmod 700 /made; echo x >/file;"
                    + " for f in memory/memory.limit_in_bytes memory/memory.memsw.limit_in_bytes cpu/cpu.shares"
                    + " cpu/cpu.cfs_quota_us pids/pids.max devices/devices.list; do cat /sys/fs/cgroup/$f; done; } 2>&1";

    private TestHost host;

    @BeforeEach
    void open() throws IOException {
        CgroupLayout.Kind kind = Cgroups.detect().layout().kind();
        Assumptions.assumeTrue(
                kind == CgroupLayout.Kind.V1 || kind == CgroupLayout.Kind.HYBRID,
                "where version 2 of control groups is alone the runtime makes all containers");
        host = new TestHost();
    }

    @AfterEach
    void close() throws IOException {
        if (host != null) {
            host.close();
        }
    }

    private boolean isMade(ContainerId container) {
        return Files.exists(host.places.state(container));
    }

    /** What a container with everything sees of itself. */
    private List<String> seen(boolean made, UnaryOperator<RuntimeSpec> change) throws IOException {
        Path folder = Files.createDirectories(host.folder.resolve("given"));
        Files.writeString(folder.resolve("file"), "content");
        TestTask task = host.task("sh", "-c", LOOK + "; read wait")
                .like(spec -> change.apply(RichSpec.of(spec, folder)))
                .withStdin();
        try (var attached = task.attach()) {
            host.start(task.command());
            assertThat(isMade(task.id())).isEqualTo(made);
            attached.shutdownOutput();
            assertThat(Bytes.readAll(attached)).isNotEmpty();
        }
        String text = task.log()
                .replace(task.id().value(), "ID")
                .replaceAll("snapshots/[^,\\s]*", "SNAPSHOT")
                .replaceAll("\"time\":\"[^\"]*\"", "")
                .replaceAll("\"log\":\"\\d+ \\d+ \\d+:\\d+ ", "\"log\":\"")
                .replaceAll("\\w{3} +\\d+ +\\d+:\\d+", "DATE")
                .replaceAll("dr-xr-xr-x +\\d+ ", "dr-xr-xr-x ");
        return text.lines()
                .filter(line -> !line.matches(".*_ses\\.[0-9a-f]{64}.*")) // of containers that ended just now
                .sorted()
                .toList();
    }

    @Test
    void shouldBeAsByTheRuntimeWhenMade() throws IOException {
        shouldBeSame(UnaryOperator.identity());
    }

    @Test
    void shouldBeAsByTheRuntimeWhenItIsRestricted() throws IOException {
        shouldBeSame(RichSpec::restricted);
    }

    private void shouldBeSame(UnaryOperator<RuntimeSpec> change) throws IOException {
        // Given a filter that was seen once, because the first container with it is the runtime's
        List<String> first = seen(false, change);

        List<String> made = seen(true, change);
        host.restartExecutor(new Ways(false, false));
        List<String> byTheRuntime = seen(false, change);

        assertThat(made)
                .isEqualTo(byTheRuntime)
                .isEqualTo(first)
                .anyMatch(line -> line.contains("Operation not permitted"));
    }

    @Test
    void shouldLeaveToTheRuntimeWhatSharesTheHostsProcesses() throws IOException {
        TestTask task = host.task("sleep", "1000").like(RichSpec::withHostsProcesses);

        host.start(task.command());

        assertThat(isMade(task.id())).isFalse();
    }

    @Test
    void shouldBeEnteredAndLimitedWithoutTheRuntime() throws IOException {
        TestTask task = host.task("sleep", "1000");
        host.start(task.command());
        host.restartExecutor(new Ways(true, false));
        assertThat(isMade(task.id())).isTrue();

        assertThat(exitCode(task.id(), "sh", "-c", "exit 7")).isEqualTo(7);
        assertThatThrownBy(() -> exitCode(task.id(), "nope"))
                .hasMessage("OCI runtime exec failed: exec failed: unable to start container process: exec: \"nope\": "
                        + "executable file not found in $PATH: unknown");
        assertThatThrownBy(() -> exitCode(task.id(), "/bin"))
                .hasMessage("OCI runtime exec failed: exec failed: unable to start container process: exec: \"/bin\": "
                        + "is a directory: unknown");
        TestHost.await(host.executor().update(new UpdateTask(TestHost.NODE, task.id(), RichSpec.memory(32 << 20))));
        assertThat(limit(task.id())).isEqualTo(32 << 20);
        TestHost.await(host.executor().update(new UpdateTask(TestHost.NODE, task.id(), RichSpec.memory(64 << 20))));
        assertThat(limit(task.id())).isEqualTo(64 << 20);
    }

    private long limit(ContainerId container) throws IOException {
        Path folder = Cgroups.detect()
                .layout()
                .folder("memory", host.places.cgroupParent() + "/" + container)
                .orElseThrow();
        return Long.parseLong(
                Files.readString(folder.resolve("memory.limit_in_bytes")).strip());
    }

    private int exitCode(ContainerId container, String... args) {
        var exec = new ExecId(Ids.hex64());
        var _ = TestHost.await(host.executor()
                .startExec(new StartExec(
                        TestHost.NODE,
                        container,
                        exec,
                        List.of(args),
                        List.of("PATH=/bin"),
                        "/",
                        "",
                        List.of(),
                        false,
                        new TaskStreams(false, false, true, 0, 0))));
        long deadline = System.nanoTime() + TestHost.LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (TestHost.await(host.executor().execStatus(new ExecRef(TestHost.NODE, container, exec)))
                    instanceof ExecStatus.Ended ended) {
                return ended.exitCode();
            }
        }
        throw new AssertionError("it should have ended");
    }
}
