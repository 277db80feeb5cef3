package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container fills the file system that the platform's data is on: the platform says so, and all is well with room again. */
class DiskFullIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private Path small;
    private Platform platform;

    @BeforeEach
    void startAPlatformOnASmallFileSystem() throws IOException {
        Requirements.check();
        small = Files.createTempDirectory("caisson-small-");
        Command.of("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", small.toString())
                .run()
                .orFail();
        platform = Platform.startWithDataOn(Files.createDirectory(small.resolve("data")));
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void unmount() {
        if (platform != null) {
            platform.close();
        }
        Command.of("umount", small.toString()).run().orFail();
        Places.delete(small);
    }

    @Test
    void shouldRefuseStartsWithoutRoomAndLeaveNothingBehind() {
        var filler = platform.docker(
                        "run", "--name", "filler", "busybox", "sh", "-c", "dd if=/dev/zero of=/fill bs=64k; echo full")
                .within(BOUND)
                .run();

        assertThat(filler.err()).contains("No space left on device");

        var whileFull = platform.docker("run", "--name", "late", "busybox", "true")
                .within(BOUND)
                .run();

        assertThat(whileFull.exit()).isEqualTo(125);
        assertThat(whileFull.err()).containsIgnoringCase("no space left on device");
        // as with Docker: what could be created but not started is kept
        assertThat(states()).isEqualTo("late created\nfiller exited");

        Await.until(
                "both are removed",
                BOUND,
                () -> platform.docker("rm", "-f", "late", "filler")
                                .within(BOUND)
                                .run()
                                .exit()
                        == 0);

        assertThat(platform.docker("run", "--rm", "busybox", "echo", "back")
                        .run()
                        .orFail())
                .isEqualTo("back");
        Await.until("nothing is left", BOUND, () -> Instance.of(platform)
                .leftovers()
                .isEmpty());
    }

    private String states() {
        return platform.docker("ps", "-a", "--format", "{{.Names}} {{.State}}")
                .run()
                .orFail();
    }
}
