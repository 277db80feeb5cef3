package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.executor.api.SignalTask;
import io.caisson.executor.api.TaskEvent;
import io.caisson.kernel.Fault;
import io.caisson.network.api.NetworkPlan.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class StartRootIT {
    private final TestHost host;

    StartRootIT() throws IOException {
        host = new TestHost();
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    @Test
    void shouldTellOutputAndExitCodeWhenContainerEnds() throws IOException {
        // Given
        TestTask task = host.task("sh", "-c", "echo out; echo err >&2; exit 3");
        try (TaskLogbook watch = host.watch()) {
            // When
            host.start(task.command());
            TaskEvent.Exited exited = watch.awaitExit(task.id());

            // Then
            assertThat(exited.exitCode()).isEqualTo(3);
            assertThat(task.log()).contains("\"log\":\"out\\n\",\"stream\":\"stdout\"");
            assertThat(task.log()).contains("\"log\":\"err\\n\",\"stream\":\"stderr\"");
            assertThat(watch.events()).hasAtLeastOneElementOfType(TaskEvent.Listed.class);
        }
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }

    @Test
    void shouldMissNothingWhenAttachedBeforeTheStart() throws IOException {
        TestTask task = host.task("cat").withStdin();
        try (SocketChannel attached = task.attach()) {
            var _ = attached.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.UTF_8)));
            attached.shutdownOutput();

            host.start(task.command());

            assertThat(Bytes.readAll(attached)).isEqualTo(Bytes.frame(1, "hello\n"));
        }
    }

    @Test
    void shouldBeToldWhenAttachedToARunningContainer() throws IOException {
        TestTask task = host.task("cat").withStdin();
        host.start(task.command());

        try (SocketChannel attached = task.attach()) {
            var _ = attached.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.UTF_8)));
            attached.shutdownOutput();

            assertThat(Bytes.readAll(attached)).isEqualTo("ok\n" + Bytes.frame(1, "hello\n"));
        }
    }

    @Test
    void shouldStartAgainWhenTheLastRunHasEnded() throws IOException {
        TestTask task = host.task("sh", "-c", "echo again");
        for (int run = 0; run < 3; run++) {
            Instant before = Instant.now();
            try (TaskLogbook watch = host.watch();
                    SocketChannel attached = task.attach()) {
                host.start(task.command());

                assertThat(Bytes.readAll(attached)).isEqualTo(Bytes.frame(1, "again\n"));
                watch.await(event -> event instanceof TaskEvent.Running);
                watch.await(event ->
                        event instanceof TaskEvent.Exited exited && exited.at().isAfter(before));
            }
        }
        assertThat(task.log().lines()).hasSize(3);
    }

    @Test
    void shouldEndByASignalWhenSentOne() throws IOException {
        TestTask task = host.task("sleep", "1000");
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());

            TestHost.await(host.executor().signal(new SignalTask(TestHost.NODE, task.id(), 9)));

            assertThat(watch.awaitExit(task.id()).exitCode()).isEqualTo(137);
        }
        assertThatThrownBy(() -> TestHost.await(host.executor().signal(new SignalTask(TestHost.NODE, task.id(), 9))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.CONFLICT));
    }

    @Test
    void shouldLeaveNothingAndKeepTheRuntimesWordsWhenCommandIsNotFound() throws IOException {
        TestTask task = host.task("nosuch").connected(2);

        assertThatThrownBy(() -> host.start(task.command()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.INVALID))
                .hasMessage("failed to create task for container: failed to create shim task: OCI runtime create"
                        + " failed: runc create failed: unable to start container process: exec: \"nosuch\":"
                        + " executable file not found in $PATH: unknown");

        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }

    @Test
    void shouldRefuseWhenUserIsUnknown() throws IOException {
        TestTask task = host.task("id").as("nobody-here");

        assertThatThrownBy(() -> host.start(task.command()))
                .hasMessage("unable to find user nobody-here: no matching entries in passwd file");

        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }

    @Test
    void shouldRunAsTheContainersUserWhenGivenByName() throws IOException {
        TestTask task = host.task("id").as("app");
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        assertThat(task.log()).contains("uid=1000(app) gid=1001(app) groups=1001(app),1002(extra)");
    }

    @Test
    void shouldShowGeneratedFilesWhenNetworkIsItsOwn() throws IOException {
        TestTask task = host.task("sh", "-c", "hostname; cat /etc/hostname /etc/hosts /etc/resolv.conf")
                .connected(2);
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        String name = task.id().value().substring(0, 12);
        assertThat(task.log())
                .contains("\"" + name + "\\n", "127.0.0.1\\u0009localhost", task.ip() + "\\u0009" + name)
                .contains("nameserver 9.9.9.9");
    }

    @Test
    void shouldSeeOnlyLoopbackWhenNetworkIsNone() throws IOException {
        TestTask task = host.task("ls", "/sys/class/net");
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        assertThat(task.log().lines()).hasSize(1).first().asString().contains("\"lo\\n\"");
    }

    @Test
    void shouldShareTheHostsNetworkWhenAskedTo() throws IOException {
        TestTask task = host.task("readlink", "/proc/self/ns/net").in(new Sandbox.Host());
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        assertThat(task.log())
                .contains(java.nio.file.Files.readSymbolicLink(Path.of("/proc/self/ns/net"))
                        .toString());
    }

    @Test
    void shouldShareAnothersNetworkWhenJoined() throws IOException {
        TestTask first = host.task("sleep", "1000").connected(2);
        TestTask second =
                host.task("sh", "-c", "ip addr show eth0; cat /etc/hosts").in(new Sandbox.Joined(first.id()));
        try (TaskLogbook watch = host.watch()) {
            host.start(first.command());
            host.start(second.command());
            watch.awaitExit(second.id());
        }
        assertThat(second.log()).contains(first.ip() + "/24", first.ip() + "\\u0009");
    }

    @Test
    void shouldHaveATerminalOfThatSizeWhenAskedFor() throws IOException {
        TestTask task = host.task("stty", "size").withTerminal();
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        assertThat(task.log()).contains("30 100");
    }
}
