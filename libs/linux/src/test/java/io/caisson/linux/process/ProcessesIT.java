package io.caisson.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import java.io.FileInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesIT {
    @Test
    void shouldKeepBothOutputsAndTheCodeWhenAToolEnds() {
        Result result = Processes.run(Command.of("sh", "-c", "echo out; echo err >&2; exit 7"));

        assertThat(result).isEqualTo(new Result(7, "out\n", "err\n", false));
    }

    @Test
    void shouldAddTheSignalWhenAToolIsKilled() {
        assertThat(Processes.run(Command.of("sh", "-c", "kill -9 $$")).exitCode())
                .isEqualTo(137);
    }

    @Test
    void shouldGiveNothingOfThisProcessWhenAToolStarts() throws Exception {
        // Given: an open file that is not close-on-exec for sure
        try (var open = new FileInputStream("/dev/null")) {
            assertThat(open.available()).isZero();

            // When
            Result fds = Processes.run(Command.of("sh", "-c", "ls /proc/$$/fd; cat; kill -QUIT $$")
                    .withEnvironment(Map.of("PATH", "/usr/bin:/bin")));
            Result environment = Processes.run(Command.of("env").withEnvironment(Map.of("A", "1")));

            // Then
            assertThat(fds.output()).isEqualTo("0\n1\n2\n");
            assertThat(fds.exitCode()).isEqualTo(131);
            assertThat(environment.output()).isEqualTo("A=1\n");
        }
    }

    @Test
    void shouldDropTheRestWhenAToolWritesMuch() {
        Result result = Processes.run(
                Command.of("sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x").withOutputLimit(1000));

        assertThat(result.output()).isEqualTo("x".repeat(1000));
        assertThat(result.truncated()).isTrue();
        assertThat(result.succeeded()).isTrue();
    }

    @Test
    void shouldNotWaitForChildrenWhenTheToolItselfHasEnded() {
        Result result = Processes.run(Command.of("sh", "-c", "sleep 5 & echo $!"));

        assertThat(result.succeeded()).isTrue();
        ProcessHandle.of(Long.parseLong(result.output().strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldKillWhenAToolTakesTooLong() {
        assertThatThrownBy(() -> Processes.run(Command.of("sleep", "60").withTimeout(Duration.ofMillis(50))))
                .isInstanceOf(Fault.class)
                .hasMessage("sleep did not end within PT0.05S and was killed");
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoProgram() {
        assertThatThrownBy(() -> Processes.run(Command.of("/no/such/program")))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageEndingWith("/no/such/program");
    }

    @Test
    void shouldStartWhereItIsToldWhenAFolderIsGiven(@TempDir Path dir) throws Exception {
        assertThat(Processes.run(Command.of("pwd").in(dir)).output().strip())
                .isEqualTo(dir.toRealPath().toString());
    }

    @Test
    void shouldServeEveryoneWhenManyRunAtOnce() {
        var all = IntStream.range(0, 100)
                .mapToObj(i -> Processes.start(Command.of("sh", "-c", "echo " + i)))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

        assertThat(all.stream().map(result -> result.join().output().strip()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }
}
