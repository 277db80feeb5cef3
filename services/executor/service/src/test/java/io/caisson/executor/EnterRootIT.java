package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.executor.api.ExecRef;
import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.TaskStreams;
import io.caisson.executor.task.ExecFolder;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Processes that the monitor puts into a running container by itself, beside those that the runtime adds. */
@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class EnterRootIT {
    private static final String LOOK = "{ grep -E '^(Uid|Gid|Groups|Cap|NoNew|Secc|Sig[BI])' /proc/self/status;"
            + " cat /proc/self/cgroup /proc/self/limits /proc/self/oom_score_adj /proc/self/mountinfo;"
            + " readlink /proc/self/ns/net /proc/self/ns/pid /proc/self/ns/mnt /proc/self/cwd; umask; env; } >/";

    private TestHost host;
    private ContainerId container;

    @BeforeEach
    void runAContainer() throws IOException {
        host = new TestHost();
        host.restartExecutor(new Ways(false, true));
        TestTask task = host.task("sleep", "1000");
        container = task.id();
        var _ = host.start(task.command());
    }

    @AfterEach
    void endIt() throws IOException {
        host.close();
    }

    private ExecId exec(String user, String... args) {
        var exec = new ExecId(Ids.hex64());
        var streams = new TaskStreams(false, false, true, 0, 0);
        var _ = TestHost.await(host.executor()
                .startExec(new StartExec(
                        TestHost.NODE,
                        container,
                        exec,
                        List.of(args),
                        List.of("PATH=/bin", "A=1"),
                        "/tmp",
                        user,
                        List.of(),
                        false,
                        streams)));
        return exec;
    }

    private String seen(String user, String file) throws IOException {
        ExecId exec = exec(user, "sh", "-c", LOOK + file);
        long deadline = System.nanoTime() + TestHost.LIMIT.toNanos();
        while (!(TestHost.await(host.executor().execStatus(new ExecRef(TestHost.NODE, container, exec)))
                instanceof ExecStatus.Ended)) {
            assertThat(System.nanoTime()).as("when it should have ended").isLessThan(deadline);
        }
        ExecFolder folder = host.places.folder(exec);
        assertThat(Files.exists(folder.pidFile())).isEqualTo(file.equals("runtime"));
        Path upper = host.folder.resolve("snapshots").resolve(container.value()).resolve("upper");
        return Files.readString(upper.resolve(file));
    }

    @Test
    void shouldBeAsByTheRuntimeWhenEntered() throws IOException {
        String entered = seen("", "native");
        host.restartExecutor(new Ways(false, false));
        String added = seen("", "runtime");

        assertThat(entered).isEqualTo(added).contains("HOME=", "/tmp");
    }

    @Test
    void shouldFailInTheRuntimesWordsWhenItCannotBe() {
        assertThatThrownBy(() -> exec("", "nope"))
                .hasMessage("OCI runtime exec failed: exec failed: unable to start container process: exec: \"nope\": "
                        + "executable file not found in $PATH: unknown");
    }
}
