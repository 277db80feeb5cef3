package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.SignalTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.monitor.ListeningSocket;
import io.caisson.executor.monitor.Monitors;
import io.caisson.executor.task.TaskFolder;
import io.caisson.executor.task.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

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
    void shouldTellTheLossWhenMonitorIsKilled() throws IOException {
        TestTask task = host.task("sleep", "1000").connected(2);
        try (TaskLogbook watch = host.watch()) {
            host.start(task.command());
            long monitor = Long.parseLong(
                    Files.readString(host.places.folder(task.id()).monitorPidFile())
                            .strip());

            ProcessHandle.of(monitor).orElseThrow().destroyForcibly();

            watch.await(event -> event instanceof TaskEvent.Lost);
        }
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
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
            int pid = monitors.launch(task.command(), "runc", folder, socket);
            assertThat(ProcessHandle.of(pid)).isPresent();
        }

        // When
        host.restartExecutor();

        // Then
        TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        assertThat(host.leftovers()).isEmpty();
    }
}
