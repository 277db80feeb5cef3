package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class NamespacesRootIT {
    private static final Path NET = Path.of("/proc/thread-self/ns/net");
    private static final Path MNT = Path.of("/proc/thread-self/ns/mnt");

    @Test
    void shouldLeaveTheCallerWhereItIsWhenWorkRunsElsewhere() throws Exception {
        // Given
        Path here = Files.readSymbolicLink(NET);
        try (Fd network = Namespaces.newNetwork()) {
            // When
            Path there = Namespaces.inNetwork(network, () -> Files.readSymbolicLink(NET));

            // Then
            assertThat(there)
                    .isNotEqualTo(here)
                    .isEqualTo(Namespaces.inNetwork(network, () -> Files.readSymbolicLink(NET)));
            assertThat(Files.readSymbolicLink(NET)).isEqualTo(here);
        }
    }

    @Test
    void shouldHandOverTheFailureWhenWorkFails() {
        try (Fd network = Namespaces.newNetwork()) {
            assertThatThrownBy(() -> Namespaces.inNetwork(network, () -> {
                        throw new IllegalArgumentException("of the work");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("of the work");
        }
    }

    @Test
    void shouldFindTheNamespacesOfAProcessWhenItRuns() throws Exception {
        // Given
        Process process = new ProcessBuilder("sleep", "60").start();
        try (Fd network = Namespaces.ofProcess(process.pid(), Namespaces.Kind.NETWORK)) {
            // When
            Path there = Namespaces.inNetwork(network, () -> Files.readSymbolicLink(NET));

            // Then
            assertThat(there).isEqualTo(Files.readSymbolicLink(NET));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldRefuseWhenProcessDoesNotExist() {
        assertThatThrownBy(() -> Namespaces.ofProcess(0x7ffffff0, Namespaces.Kind.NETWORK))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isIn(Errno.ESRCH, Errno.EINVAL));
    }

    @Test
    void shouldKeepMountsOutOfSightWhenMadeInAnotherNamespace(@TempDir Path dir) throws Exception {
        // Given
        try (Fd mounts = Namespaces.newMounts();
                Fd network = Namespaces.newNetwork()) {
            // When
            Namespaces.inMounts(mounts, () -> {
                Mounts.mount("tmpfs", dir, "tmpfs", Mounts.MS_NOSUID | Mounts.MS_NODEV, "size=64k");
                return Files.writeString(dir.resolve("inside"), "x");
            });

            // Then
            assertThat(dir.resolve("inside")).doesNotExist();
            assertThat(Mounts.list()).extracting(MountInfo::mountPoint).doesNotContain(dir.toString());
            assertThat(Namespaces.in(network, mounts, () -> Files.readString(dir.resolve("inside"))))
                    .isEqualTo("x");
            assertThat(Namespaces.inMounts(mounts, () -> Files.readSymbolicLink(MNT)))
                    .isNotEqualTo(Files.readSymbolicLink(MNT));
        }
    }
}
