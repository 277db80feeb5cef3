package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docker cp}, {@code diff} and {@code export}, by the docker CLI and curl; what a dockerd 20.10 answers is expected. */
class CopyIT {
    private static final String FILES = """
            mkdir -p /a/b; echo hi >/a/b/f; chmod 4711 /a/b/f; ln /a/b/f /a/b/g; ln -s b /a/l
            ln -s ../../../../a/b/f /a/up; ln -s /nowhere /a/dangling; mkfifo /a/p; mknod /a/dev c 1 3
            rm -f /bin/vi; echo v >/data/v; sleep 1000""";

    @TempDir
    Path work;

    private Platform platform;
    private String container;

    @BeforeEach
    void runAContainer() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        container = docker("run", "-d", "--network", "none", "-v", "/data", "busybox", "sh", "-c", FILES);
        Await.until(
                "its files are there",
                Duration.ofSeconds(10),
                () -> platform.docker("exec", container, "test", "-s", "/data/v")
                                .run()
                                .exit()
                        == 0);
    }

    @AfterEach
    void removeIt() {
        docker("rm", "-fv", container);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private String curl(String method, String path, String... more) {
        var words = new ArrayList<>(
                List.of("curl", "-s", "--max-time", "20", "-X", method, "--unix-socket", platform.socket.toString()));
        words.addAll(List.of(more));
        words.add("http://localhost/containers/" + path);
        return Command.of(words.toArray(String[]::new)).run().orFail();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/b | b | 2147484141 | ''",
                "/a/b/. | . | 2147484141 | ''",
                "/ | / | 2147484141 | ''",
                "/a/l | l | 134218239 | /a/b",
                "/a/l/ | l | 2147484141 | ''",
                "a/b/f | f | 8389065 | ''",
                "/a/dev | dev | 69206436 | ''",
                "/a/dangling | dangling | 134218239 | /nowhere",
                "/a/up | up | 134218239 | /a/b/f",
                "/data/v | v | 420 | ''"
            })
    void shouldTellWhatIsAtAPath(String path, String name, String mode, String target) {
        String head = Command.of(
                        "curl",
                        "-sI",
                        "--unix-socket",
                        platform.socket.toString(),
                        "http://localhost/containers/" + container + "/archive?path=" + path)
                .run()
                .orFail();
        String stat = head.lines()
                .filter(line -> line.startsWith("X-Docker-Container-Path-Stat: "))
                .findFirst()
                .orElseThrow();

        assertThat(head).startsWith("HTTP/1.1 200");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(stat.substring(stat.indexOf(' ') + 1).strip()),
                        StandardCharsets.UTF_8))
                .contains("\"name\":\"" + name + "\"", "\"mode\":" + mode + ",", "\"linkTarget\":\"" + target + "\"");
    }

    @Test
    void shouldRefuseWithDockersWords() {
        assertThat(curl("GET", container + "/archive?path=/nope", "-w", "%{http_code}"))
                .isEqualTo("{\"message\":\"Could not find the file /nope in container " + container + "\"}\n404");
        assertThat(curl("GET", container + "/archive?path=/a/b/f/x", "-w", "%{http_code}"))
                .isEqualTo("{\"message\":\"lstat /a/b/f/x: not a directory\"}\n500");
        assertThat(curl("GET", container + "/archive?path=", "-w", "%{http_code}"))
                .isEqualTo("{\"message\":\"bad parameter: pathcannot be empty\"}\n400");
        assertThat(curl("PUT", container + "/archive?path=/a/b/f", "-w", "%{http_code}", "-d", "x"))
                .isEqualTo("{\"message\":\"extraction point is not a directory\"}\n400");
        assertThat(curl("PUT", container + "/archive?path=/a", "-w", "%{http_code}", "-d", "garbage"))
                .isEqualTo("{\"message\":\"unexpected EOF\"}\n500");
    }

    @Test
    void shouldRefuseToWriteWhatIsReadOnly() throws IOException {
        String closed = docker(
                "create", "--network", "none", "--read-only", "-v", "/open", "-v", work + ":/closed:ro", "busybox");
        Path file = Files.writeString(work.resolve("f"), "x");

        assertThat(platform.docker("cp", file.toString(), closed + ":/tmp/")
                        .run()
                        .err())
                .contains("container rootfs is marked read-only");
        assertThat(platform.docker("cp", file.toString(), closed + ":/closed/")
                        .run()
                        .err())
                .contains("mounted volume is marked read-only");
        docker("cp", file.toString(), closed + ":/open/");
        docker("rm", "-v", closed);
    }

    @Test
    void shouldCopyOutWithLinksDevicesAndModes() {
        String list = Command.of(
                        "sh",
                        "-c",
                        "DOCKER_HOST=unix://$0 docker cp $1:/a - | tar tvf - | sed -E 's/ +/ /g' | cut -d' ' -f1,3,6-",
                        platform.socket.toString(),
                        container)
                .run()
                .orFail();

        assertThat(list.lines())
                .containsExactly(
                        "drwxr-xr-x 0 a/",
                        "drwxr-xr-x 0 a/b/",
                        "-rws--x--x 3 a/b/f",
                        "hrws--x--x 0 a/b/g link to a/b/f",
                        "lrwxrwxrwx 0 a/dangling -> /nowhere",
                        "crw-r--r-- 1,3 a/dev",
                        "lrwxrwxrwx 0 a/l -> b",
                        "prw-r--r-- 0 a/p",
                        "lrwxrwxrwx 0 a/up -> ../../../../a/b/f");
    }

    @Test
    void shouldCopyBothWaysWhetherItRunsOrNot() throws IOException {
        byte[] content = new byte[5_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(work.resolve("big"), content);

        docker("cp", file.toString(), container + ":/data/big");
        assertThat(docker("exec", container, "sha256sum", "/data/big")).startsWith(sha(file));
        docker("kill", container);
        docker("wait", container);
        docker("cp", container + ":/data/big", work.resolve("out").toString());
        docker("cp", file.toString(), container + ":/tmp/renamed");
        docker("cp", "-L", container + ":/a/l", work.resolve("followed").toString());
        docker("start", container);

        assertThat(Arrays.equals(Files.readAllBytes(work.resolve("out")), content))
                .isTrue();
        assertThat(docker("exec", container, "sha256sum", "/tmp/renamed")).startsWith(sha(file));
        assertThat(work.resolve("followed/f")).hasContent("hi\n");
    }

    private static String sha(Path file) {
        return Command.of("sha256sum", file.toString()).run().orFail().substring(0, 64);
    }

    @Test
    void shouldKeepOrChangeOwners() {
        String user = docker("create", "--network", "none", "--user", "nobody", "busybox");
        String script = """
                cd "$1"; echo x >f; chown 1234:77 f; export DOCKER_HOST=unix://$0
                docker cp $3 f $2:/tmp/f && docker cp $2:/tmp/f - | tar tvn | cut -d' ' -f2""";

        assertThat(owner(script, user, "")).isEqualTo("1234/77");
        assertThat(owner(script, user, "-a")).isEqualTo("65534/65534");
        docker("rm", user);
    }

    private String owner(String script, String id, String flag) {
        return Command.of("sh", "-c", script, platform.socket.toString(), work.toString(), id, flag)
                .run()
                .orFail();
    }

    @Test
    void shouldTellWhatHasChanged() {
        assertThat(docker("diff", container).lines())
                .containsExactly(
                        "A /a",
                        "A /a/b",
                        "A /a/b/f",
                        "A /a/b/g",
                        "A /a/dangling",
                        "A /a/dev",
                        "A /a/l",
                        "A /a/p",
                        "A /a/up",
                        "C /bin",
                        "D /bin/vi",
                        "A /data");
        String unused = docker("create", "busybox");
        assertThat(curl("GET", unused + "/changes")).isEqualTo("null");
        docker("rm", unused);
    }

    @Test
    void shouldExportTheRootFileSystemAlone() {
        String list = Command.of(
                        "sh",
                        "-c",
                        "DOCKER_HOST=unix://$0 docker export $1 | tar tf - | grep -E '^(a|data|proc|bin/(vi|sh))(/|$)'",
                        platform.socket.toString(),
                        container)
                .run()
                .orFail();

        assertThat(list.lines())
                .containsExactly(
                        "a/",
                        "a/b/",
                        "a/b/f",
                        "a/b/g",
                        "a/dangling",
                        "a/dev",
                        "a/l",
                        "a/p",
                        "a/up",
                        "bin/sh",
                        "data/",
                        "proc/");
    }
}
