package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class MountsRootIT {
    @TempDir
    Path dir;

    @Test
    void shouldMergeLayersWhenMountingOverlay() throws Exception {
        inPrivate(() -> {
            // Given
            Path lower = Files.createDirectory(dir.resolve("lower"));
            Path upper = Files.createDirectory(dir.resolve("upper"));
            Path work = Files.createDirectory(dir.resolve("work"));
            Path merged = Files.createDirectory(dir.resolve("merged"));
            Files.writeString(lower.resolve("below"), "1");

            // When
            Mounts.mount(
                    "overlay", merged, "overlay", 0, "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work);
            Files.writeString(merged.resolve("above"), "2");

            // Then
            assertThat(merged.resolve("below")).hasContent("1");
            assertThat(upper.resolve("above")).hasContent("2");
            Mounts.unmount(merged, 0);
            return assertThat(merged).isEmptyDirectory();
        });
    }

    @Test
    void shouldRefuseWritesWhenBoundReadOnly() throws Exception {
        inPrivate(() -> {
            Path source = Files.createDirectory(dir.resolve("source"));
            Path target = Files.createDirectory(dir.resolve("target"));

            Mounts.bindReadOnly(source, target, false, Mounts.MS_NOSUID);

            return assertThatThrownBy(() -> Files.writeString(target.resolve("x"), "x"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only");
        });
    }

    @Test
    void shouldSayWhatIsMissingWhenTargetDoesNotExist() {
        assertThatThrownBy(() -> Mounts.mount("x", dir.resolve("none"), "tmpfs", 0, null))
                .hasMessage("mount: ENOENT (No such file or directory): " + dir.resolve("none"));
    }

    @Test
    void shouldDoNothingWhenDetachingWhatIsNotMounted() {
        Mounts.detach(dir);
        Mounts.detach(dir.resolve("none"));
        assertThatThrownBy(() -> Mounts.unmount(dir, 0)).isInstanceOf(LinuxException.class);
    }

    private static void inPrivate(Callable<?> work) {
        try (Fd mounts = Namespaces.newMounts()) {
            var _ = Namespaces.inMounts(mounts, work);
        }
    }
}
