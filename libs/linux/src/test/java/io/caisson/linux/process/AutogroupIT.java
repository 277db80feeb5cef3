package io.caisson.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AutogroupIT {
    private static Path file(long pid) {
        return Path.of("/proc", Long.toString(pid), "autogroup");
    }

    @Test
    void shouldHaveASessionGoFirst() throws IOException, InterruptedException {
        assumeThat(file(ProcessHandle.current().pid())).exists();
        Process session = new ProcessBuilder("setsid", "sh", "-c", "echo begun; exec sleep 60").start();
        try (var out = session.inputReader()) {
            assertThat(out.readLine()).isEqualTo("begun");

            Autogroup.favour(session.pid());

            assertThat(Files.readString(file(session.pid()))).contains("nice -10");
        } finally {
            session.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldDoNothingForAProcessThatIsGone() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();

        Autogroup.favour(gone.pid());

        assertThat(gone.isAlive()).isFalse();
    }
}
