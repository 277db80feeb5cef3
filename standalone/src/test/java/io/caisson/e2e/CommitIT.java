package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docker commit}, by the docker CLI; what a dockerd 20.10 answers is expected. */
class CommitIT {
    private Platform platform;
    private String container;

    @BeforeEach
    void runAContainer() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        container = docker("run", "-d", "--network", "none", "-e", "A=1", "-l", "l=1", "busybox", "sleep", "1000");
        docker("exec", container, "sh", "-c", "rm /bin/vi; echo x >/new; rm -rf /etc/layer");
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-f", container);
        var _ = platform.docker("rmi", "-f", "made:it").run();
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private String config(String what) {
        return docker("image", "inspect", "-f", "{{json " + what + "}}", "made:it");
    }

    @Test
    void shouldMakeAnImageOfWhatHasChanged() {
        // When
        String id = docker("commit", "-a", "me", "-m", "why", container, "made:it");

        // Then
        assertThat(docker("run", "--rm", "made:it", "sh", "-c", "cat /new; ls /bin/vi /etc/layer 2>&1; true"))
                .startsWith("x\n")
                .contains("/bin/vi: No such file", "/etc/layer: No such file");
        assertThat(docker("image", "inspect", "-f", "{{.Id}} {{.Author}} {{.Comment}}", "made:it"))
                .isEqualTo(id + " me why");
        assertThat(docker("history", "--format", "{{.CreatedBy}}|{{.Comment}}", "made:it")
                        .lines())
                .first()
                .isEqualTo("sleep 1000|why");
        assertThat(docker("inspect", "-f", "{{.State.Status}}", container)).isEqualTo("running");
    }

    @Test
    void shouldApplyChangesToTheContainersConfig() {
        docker(
                "commit",
                "-c",
                "ENTRYPOINT [\"sh\",\"-c\"]",
                "-c",
                "ENV B=2",
                "-c",
                "LABEL m=2",
                "-c",
                "EXPOSE 80",
                container,
                "made:it");

        assertThat(config(".Config.Entrypoint")).isEqualTo("[\"sh\",\"-c\"]");
        assertThat(config(".Config.Cmd")).isEqualTo("null");
        assertThat(config(".Config.Env")).contains("\"A=1\"", "\"B=2\"");
        assertThat(config(".Config.Labels")).isEqualTo("{\"l\":\"1\",\"m\":\"2\"}");
        assertThat(config(".Config.ExposedPorts")).isEqualTo("{\"80/tcp\":{}}");
    }

    @Test
    void shouldLeaveNothingBehindWhenAChangeIsNone() {
        String before = docker("images", "-aq");

        assertThat(platform.docker("commit", "-c", "FROM x", container, "made:it")
                        .run()
                        .err())
                .contains("is not a valid change command");

        assertThat(docker("images", "-aq")).isEqualTo(before);
        assertThat(docker("inspect", "-f", "{{.State.Status}}", container)).isEqualTo("running");
        assertThat(platform.docker("commit", "nobody").run().err()).contains("No such container: nobody");
    }

    @Test
    void shouldAddNoLayerWhenNothingHasChanged() {
        String untouched = docker("create", "busybox");

        docker("commit", untouched, "made:it");

        assertThat(config(".RootFS.Layers"))
                .isEqualTo(docker("image", "inspect", "-f", "{{json .RootFS.Layers}}", "busybox"));
        docker("rm", untouched);
    }

    @Test
    void shouldTellOfIt() {
        String since = Long.toString(System.currentTimeMillis() / 1000);

        String id = docker("commit", "-m", "why", container, "made:it");

        String until = Long.toString(System.currentTimeMillis() / 1000 + 1);
        String format = "{{.Type}} {{.Action}} {{.Actor.Attributes.imageID}} {{.Actor.Attributes.imageRef}}";
        assertThat(docker("events", "--since", since, "--until", until, "--filter", "event=commit", "--format", format))
                .contains("container commit " + id + " made:it");
    }
}
