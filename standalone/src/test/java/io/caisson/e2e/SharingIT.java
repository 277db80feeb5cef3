package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers that share namespaces or know each other by legacy links. */
class SharingIT {
    private Platform platform;

    @BeforeEach
    void ensureImage() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void removeDonor() {
        var _ = platform.docker("rm", "-f", "donor").run();
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private String donor(String... options) {
        String[] words = new String[options.length + 6];
        System.arraycopy(new String[] {"run", "-d", "--name", "donor"}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        words[words.length - 2] = "busybox";
        words[words.length - 1] = "top";
        return docker(words);
    }

    @Test
    void shouldSeeEachOthersSharedMemoryWhenIpcIsJoined() {
        var _ = donor("--ipc", "shareable");

        String seen = docker(
                "run",
                "--rm",
                "--ipc",
                "container:donor",
                "busybox",
                "sh",
                "-c",
                "echo hello > /dev/shm/note; readlink /proc/self/ns/ipc");

        assertThat(docker("exec", "donor", "cat", "/dev/shm/note")).isEqualTo("hello");
        assertThat(docker("exec", "donor", "readlink", "/proc/self/ns/ipc")).isEqualTo(seen);
    }

    @Test
    void shouldKeepAnonymousVolumeUntilTheLastThatHasItGoes() {
        var _ = donor("-v", "/data");
        String heir = docker("create", "--volumes-from", "donor", "busybox", "true");
        String volume = docker("inspect", "--format", "{{(index .Mounts 0).Name}}", "donor");

        var _ = docker("rm", "-f", "-v", "donor");
        assertThat(docker("volume", "ls", "-q")).contains(volume);

        var _ = docker("rm", "-v", heir);
        assertThat(docker("volume", "ls", "-q")).doesNotContain(volume);
    }

    @Test
    void shouldRefuseToJoinIpcThatIsPrivate() {
        var _ = donor();

        var run = platform.docker("run", "--rm", "--ipc", "container:donor", "busybox", "true")
                .run();

        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
    }

    @Test
    void shouldJoinProcessesAndNetwork() {
        String id = donor();

        assertThat(docker("run", "--rm", "--pid", "container:donor", "busybox", "cat", "/proc/1/cmdline"))
                .startsWith("top");
        assertThat(docker("run", "--rm", "--network", "container:donor", "busybox", "hostname"))
                .isEqualTo(id.substring(0, 12));
    }

    @Test
    void shouldKnowLinkedContainerByAliasAndVariables() {
        String id = donor("--expose", "5432", "-e", "SECRET=x");
        String address = docker("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", "donor");

        String seen = docker(
                "run",
                "--rm",
                "--name",
                "parent",
                "--link",
                "donor:my-db",
                "busybox",
                "sh",
                "-c",
                "cat /etc/hosts; env");

        assertThat(seen.lines())
                .contains(
                        address + "\tmy-db " + id.substring(0, 12) + " donor",
                        "MY_DB_PORT=tcp://" + address + ":5432",
                        "MY_DB_PORT_5432_TCP_ADDR=" + address,
                        "MY_DB_NAME=/parent/my-db",
                        "MY_DB_ENV_SECRET=x");
    }

    @Test
    void shouldRefuseLinkToContainerThatDoesNotRun() {
        var _ = docker("create", "--name", "donor", "busybox", "top");

        var run = platform.docker("run", "--rm", "--name", "parent", "--link", "donor:db", "busybox", "true")
                .run();

        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("Cannot link to a non running container: /donor AS /parent/db");
    }
}
