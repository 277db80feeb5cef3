package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.SignalTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.monitor.ListeningSocket;
import io.caisson.executor.monitor.Monitors;
import io.caisson.executor.task.TaskFolder;
import io.caisson.executor.task.TaskRecord;
import io.caisson.linux.Pidfd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class RestartRootIT {
    private final TestHost host;

    RestartRootIT() throws IOException {
        host = new TestHost();
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    @Test
    void shouldFindWhatRunsWhenRestarted() throws IOException {
        // Given
        TestTask task = host.task("sleep", "1000").connected(2);
        StartedTask started = host.start(task.command());

        // When
        host.restartExecutor();

        // Then
        try (TaskLogbook watch = host.watch()) {
            assertThat(watch.events())
                    .containsExactly(
                            new TaskEvent.Running(task.id(), started.pid(), started.startedAt()),
                            new TaskEvent.Listed());
            TestHost.await(host.executor().signal(new SignalTask(TestHost.NODE, task.id(), 15)));
            TestHost.await(host.executor().signal(new SignalTask(TestHost.NODE, task.id(), 9)));
            assertThat(watch.awaitExit(task.id()).exitCode()).isEqualTo(137);
        }
    }

    @Test
    void shouldTellTheExitWhenItCameWhileAway() throws IOException {
        // Given
        TestTask task = host.task("sh", "-c", "read line; exit 7").withStdin();
        try (var attached = task.attach()) {
            host.start(task.command());
            host.executor().close();
            attached.shutdownOutput();
            assertThat(Bytes.readAll(attached)).isEmpty();
        }

        // When
        host.restartExecutor();

        // Then
        try (TaskLogbook watch = host.watch()) {
            assertThat(watch.awaitExit(task.id()).exitCode()).isEqualTo(7);
        }
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }

    @Test
    void shouldTellTheLossWhenBothProcessesOfTheMonitorAreKilled() throws IOException {
        TestTask task = host.task("sleep", "1000").connected(2);
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            ProcessHandle guard = guard(task);
            ProcessHandle worker = worker(guard);
            // The worker must not see the guard's end before its own.
            stop(worker);

            guard.destroyForcibly();
            worker.destroyForcibly();

            watch.await(event -> event instanceof TaskEvent.Lost);
        }
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "guard"})
    void shouldTellTheExitWhenOneProcessOfTheMonitorWasKilled(String which) throws IOException {
        // Given
        TestTask task =
                host.task("sh", "-c", "read line; echo told $line; exit 7").withStdin();
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            ProcessHandle guard = guard(task);
            ProcessHandle victim = which.equals("guard") ? guard : worker(guard);

            // When
            victim.destroyForcibly();
            victim.onExit().join();

            // Then
            try (var attached = task.attach()) {
                attached.shutdownOutput();
            }
            assertThat(watch.awaitExit(task.id()).exitCode()).isEqualTo(7);
        }
        assertThat(Files.readString(host.places.folder(task.id()).log())).contains("told");
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }

    private ProcessHandle guard(TestTask task) throws IOException {
        return ProcessHandle.of(Long.parseLong(
                        Files.readString(host.places.folder(task.id()).monitorPidFile())
                                .strip()))
                .orElseThrow();
    }

    private static ProcessHandle worker(ProcessHandle guard) {
        return guard.children().findFirst().orElseThrow();
    }

    private static void stop(ProcessHandle process) throws IOException {
        try (Pidfd pidfd = Pidfd.open(process.pid())) {
            var _ = pidfd.signal(19);
        }
    }

    @Test
    void shouldTellARecordedExitWhenTheHostWasRestarted() throws IOException {
        TestTask task = host.task("sh", "-c", "exit 5");
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            watch.awaitExit(task.id());
        }
        host.executor().close();
        for (Path file : List.of(
                host.places.folder(task.id()).record(),
                host.places.folder(task.id()).config())) {
            Files.delete(file);
        }

        host.restartExecutor();

        try (TaskLogbook watch = host.watch()) {
            assertThat(watch.awaitExit(task.id()).exitCode()).isEqualTo(5);
        }
    }

    @Test
    void shouldUndoTheStartWhenTheExecutorDiedInTheMiddle() throws IOException {
        // Given: a monitor that was launched and never told to start
        TestTask task = host.task("true").connected(2);
        TaskFolder folder = host.places.folder(task.id());
        try (ListeningSocket socket = ListeningSocket.bind(folder.socket())) {
            new TaskRecord(task.id(), task.command().network(), false, "runc", null, null).write(folder.record());
            var monitors = new Monitors(TestMonitor.program(), host.places);
            int pid = monitors.launch(task.command(), "runc", folder, false, socket);
            assertThat(ProcessHandle.of(pid)).isPresent();
        }

        // When
        host.restartExecutor();

        // Then
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }
}
