package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PidfdIT {
    private static final int SIGTERM = 15;
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldTellTheEndWhenAProcessIsKilled() throws Exception {
        try (Pidfd pidfd = Pidfd.open(sleep().pid())) {
            CompletableFuture<Void> exit = pidfd.exited().toCompletableFuture();
            assertThat(exit).isNotDone();

            assertThat(pidfd.signal(SIGTERM)).isTrue();

            exit.get(10, TimeUnit.SECONDS);
            pidfd.exited().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldTellEveryEndWhenManyProcessesRun() throws Exception {
        var pidfds = new ArrayList<Pidfd>();
        for (int i = 0; i < 20; i++) {
            pidfds.add(Pidfd.open(sleep().pid()));
        }
        var exits = pidfds.stream()
                .map(pidfd -> pidfd.exited().toCompletableFuture())
                .toList();
        pidfds.forEach(pidfd -> assertThat(pidfd.signal(SIGTERM)).isTrue());

        CompletableFuture.allOf(exits.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);

        pidfds.forEach(Pidfd::close);
    }

    @Test
    void shouldNotSignalAnotherProcessWhenItsOwnWasReaped() throws Exception {
        Process process = sleep();
        try (Pidfd pidfd = Pidfd.open(process.pid())) {
            process.destroyForcibly().waitFor();

            assertThat(pidfd.signal(SIGTERM)).isFalse();
            pidfd.exited().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldGiveUpWaitingWhenClosed() throws Exception {
        CompletableFuture<Void> exit;
        try (Pidfd pidfd = Pidfd.open(sleep().pid())) {
            exit = pidfd.exited().toCompletableFuture();
        }

        assertThatThrownBy(() -> exit.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(CancellationException.class);
    }

    @Test
    void shouldRefuseWhenThereIsNoProcess() {
        assertThatThrownBy(() -> Pidfd.open(0x3fffff))
                .isInstanceOf(LinuxException.class)
                .hasMessageStartingWith("pidfd_open: ");
    }

    private Process sleep() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        processes.add(process);
        return process;
    }
}
