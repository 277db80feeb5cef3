package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays with a container: its monitor's two processes, its log, and its init. */
class KeepersIT {
    private static final String COUNT =
            "i=0; while [ $i -lt 2000 ]; do echo $i; i=$((i+1)); [ $((i%100)) = 0 ] && sleep 0.1; done; exit 4";

    private Platform platform;

    @BeforeEach
    void find() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void remove() {
        platform.docker("rm", "-f", "kept").run();
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private List<ProcessHandle> keepers(String container) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("--id " + container))
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
    }

    private static String numbers() {
        return String.join(
                "\n", IntStream.range(0, 2000).mapToObj(Integer::toString).toList());
    }

    @Test
    void shouldLoseNeitherOutputNorExitCodeWhenKeepersAreKilled() {
        String container = docker("run", "-d", "--name", "kept", "busybox", "sh", "-c", COUNT);

        for (int i = 0; i < 2; i++) {
            Await.until(
                    "two keepers",
                    Duration.ofSeconds(5),
                    () -> keepers(container).size() == 2);
            keepers(container).getLast().destroyForcibly();
        }
        Await.until(
                "two keepers", Duration.ofSeconds(5), () -> keepers(container).size() == 2);

        assertThat(docker("wait", "kept")).isEqualTo("4");
        assertThat(docker("logs", "kept").strip()).isEqualTo(numbers());
    }

    @Test
    void shouldReadALocalLogAcrossItsFilesAlsoWhileItIsWritten() {
        docker(
                "run",
                "-d",
                "--name",
                "kept",
                "--log-driver",
                "local",
                "--log-opt",
                "max-size=10k",
                "--log-opt",
                "max-file=50",
                "busybox",
                "sh",
                "-c",
                COUNT);

        assertThat(docker("logs", "-f", "kept").strip()).isEqualTo(numbers());
        assertThat(docker("logs", "--tail", "2", "kept").strip()).isEqualTo("1998\n1999");
        assertThat(platform.docker("create", "--log-driver", "local", "--log-opt", "tag=x", "busybox")
                        .run()
                        .err())
                .contains("unknown log opt 'tag' for log driver local");
    }

    @Test
    void shouldPassSignalsOnAndReapOrphansWhenAskedForAnInit() {
        docker(
                "run",
                "-d",
                "--name",
                "kept",
                "--init",
                "busybox",
                "sh",
                "-c",
                "trap 'exit 9' TERM; (sleep 0.1 &); while :; do sleep 0.1; done");

        assertThat(docker("top", "kept")).contains("/sbin/docker-init -- sh -c");
        Await.until(
                "the orphan was reaped", Duration.ofSeconds(5), () -> !docker("exec", "kept", "ps", "-o", "stat,args")
                        .contains("Z"));
        docker("stop", "kept");
        assertThat(docker("wait", "kept")).isEqualTo("9");
        assertThat(docker("inspect", "-f", "{{.Path}} {{.HostConfig.Init}}", "kept"))
                .isEqualTo("sh true");
    }
}
