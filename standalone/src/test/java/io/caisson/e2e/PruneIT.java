package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much there is, and removing what nobody uses: {@code docker system df} and {@code prune}. */
class PruneIT {
    private static final String LABEL = "label=prune-it";

    private Platform platform;
    private String idle;
    private String running;

    @BeforeEach
    void leaveThingsBehind() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        String own = "--label=prune-it";
        idle = docker("create", own, "-v", "/data", "busybox", "true");
        running = docker("run", "-d", own, "-v", "prune-it-used:/v", "busybox", "sh", "-c", "echo x >/f; sleep 600");
        docker("volume", "create", own, "prune-it-named");
    }

    @AfterEach
    void removeThem() {
        var _ = platform.docker("rm", "-fv", idle, running).run();
        var _ = platform.docker("volume", "rm", "-f", "prune-it-named", "prune-it-used")
                .run();
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    @Test
    void shouldRemoveOnlyContainersThatDoNotRun() {
        String report = docker("container", "prune", "-f", "--filter", LABEL);

        assertThat(report).contains("Deleted Containers:\n" + idle).contains("Total reclaimed space: ");
        assertThat(docker("ps", "-aq", "--no-trunc", "--filter", LABEL)).isEqualTo(running);
    }

    @Test
    void shouldNotRemoveWhatIsTooYoung() {
        assertThat(docker("container", "prune", "-f", "--filter", LABEL, "--filter", "until=1h"))
                .isEqualTo("Total reclaimed space: 0B");
        assertThat(docker("container", "ls", "-aq", "--filter", LABEL).lines()).hasSize(2);
    }

    @Test
    void shouldRemoveNamedVolumesOnlyWhenAskedForAll() {
        docker("volume", "prune", "-f", "--filter", LABEL);
        assertThat(volumes()).contains("prune-it-named", "prune-it-used");

        assertThat(docker("volume", "prune", "-a", "-f", "--filter", LABEL)).contains("prune-it-named");

        assertThat(volumes()).contains("prune-it-used").doesNotContain("prune-it-named");
    }

    private List<String> volumes() {
        return docker("volume", "ls", "-q").lines().toList();
    }

    @Test
    void shouldRefuseUnknownFilters() {
        var result = platform.docker("container", "prune", "-f", "--filter", "colour=red")
                .run();

        assertThat(result.err()).contains("invalid filter 'colour'");
        assertThat(result.exit()).isNotZero();
    }

    @Test
    void shouldTellHowMuchThereIs() {
        Await.until("the file is written", Duration.ofSeconds(10), () -> docker(
                        "ps", "-s", "--format", "{{.Size}}", "--filter", "id=" + running)
                .startsWith("2B"));
        assertThat(docker("inspect", "-s", "-f", "{{.SizeRw}}", running)).isEqualTo("2");

        String usage = docker("system", "df", "-v");

        assertThat(usage).containsPattern("prune-it-used +1 +0B").containsPattern("prune-it-named +0 +0B");
        assertThat(docker("system", "df", "--format", "{{.Type}} {{.TotalCount}}"))
                .contains("Images ")
                .contains("Build Cache 0");
        assertThat(docker("builder", "prune", "-f")).endsWith("Total reclaimed space: 0B");
    }
}
