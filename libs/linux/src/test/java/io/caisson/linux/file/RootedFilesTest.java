package io.caisson.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree with links that try to get out, next to a secret that they must not reach. */
class RootedFilesTest {
    @TempDir
    Path dir;

    private Path root;
    private RootedFiles files;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectory(dir.resolve("root"));
        Files.writeString(dir.resolve("secret"), "secret");
        Files.createDirectory(dir.resolve("outside"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "inside");
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/etc"));
        Files.createSymbolicLink(root.resolve("climb"), Path.of("../../../../etc/passwd"));
        Files.createSymbolicLink(root.resolve("secret-link"), dir.resolve("secret"));
        Files.createSymbolicLink(root.resolve("outside-link"), Path.of("../outside"));
        files = RootedFiles.at(root);
    }

    @AfterEach
    void close() {
        files.close();
        try (RootedFiles above = RootedFiles.at(dir)) {
            above.removeTree("root");
        }
    }

    @Test
    void shouldStayInsideWhenLinksAreAbsoluteOrClimb() throws IOException {
        assertThat(read("absolute/passwd")).isEqualTo("inside");
        assertThat(read("climb")).isEqualTo("inside");
        assertThat(read("../../etc/passwd")).isEqualTo("inside");
        assertThat(read("/etc/../../../etc/passwd")).isEqualTo("inside");
    }

    @Test
    void shouldNotFindTheSecretWhenALinkPointsToIt() {
        assertErrno(Errno.ENOENT, () -> files.read("secret-link"));
        assertErrno(Errno.ENOENT, () -> files.stat("../secret"));
        assertErrno(Errno.ENOENT, () -> files.mkdirs("outside-link/new", 0755));
        assertErrno(Errno.ENOENT, () -> files.symlink("outside-link/new", "x"));
        assertThat(dir.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void shouldRefuseMagicLinksWhenProcIsInTheTree() {
        try (RootedFiles host = RootedFiles.at(Path.of("/"))) {
            assertErrno(Errno.ELOOP, () -> host.stat("/proc/self/root"));
            assertErrno(Errno.ELOOP, () -> host.readAll("/proc/self/cwd/pom.xml", 10));
        }
    }

    @Test
    void shouldTellLinkAndTargetApartWhenAsked() {
        assertThat(files.lstat("absolute").type()).isEqualTo(FileType.SYMLINK);
        assertThat(files.stat("absolute").type()).isEqualTo(FileType.DIRECTORY);
        assertThat(files.stat("/").isSameFile(files.lstat(""))).isTrue();
        assertThat(files.stat("..").isSameFile(files.stat("/"))).isTrue();
        assertThat(files.readlink("absolute")).isEqualTo("/etc");
        assertErrno(Errno.ENOENT, () -> files.readlink("etc/passwd"));
        assertThat(files.find("none")).isEmpty();
        assertThat(files.find("etc/passwd/below")).isEmpty();
        assertThat(files.find("etc/passwd")).isPresent();
    }

    @Test
    void shouldListNamesWhenFolderIsReachedByALink() {
        assertThat(files.list("absolute")).containsExactly("passwd");
        assertThat(files.list("/"))
                .containsExactlyInAnyOrder("etc", "absolute", "climb", "secret-link", "outside-link");
    }

    @Test
    void shouldReplaceTheContentWhenWritten() throws IOException {
        write("etc/passwd", "new");
        write("etc/group", "created");
        write("absolute/group", "again");

        assertThat(root.resolve("etc/passwd")).hasContent("new");
        assertThat(root.resolve("etc/group")).hasContent("again");
        assertErrno(Errno.EEXIST, () -> files.write("secret-link", 0600));
        assertThat(dir.resolve("secret")).hasContent("secret");
    }

    @Test
    void shouldRefuseWhatIsNotAFileWhenReading() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertErrno(Errno.EINVAL, () -> files.read("fifo"));
        assertErrno(Errno.EINVAL, () -> files.write("fifo", 0600));
        assertErrno(Errno.EINVAL, () -> files.read("etc"));
    }

    @Test
    void shouldStopWhenAFileIsLargerThanTheLimit() throws IOException {
        assertThat(files.readAll("etc/passwd", 6)).hasSize(6);
        assertErrno(Errno.EFBIG, () -> files.readAll("etc/passwd", 5));
    }

    @Test
    void shouldMakeEveryFolderWhenSomeAreMissing() {
        files.mkdirs("absolute/a/b/c", 0777);
        files.mkdirs("absolute/a/b/c", 0700);

        assertThat(root.resolve("etc/a/b/c")).isDirectory();
        assertThat(files.stat("etc/a/b").mode()).isEqualTo(0777);
        assertThat(files.stat("etc/a/b/c").mode()).isEqualTo(0777);
        assertErrno(Errno.ENOTDIR, () -> files.mkdirs("etc/passwd/x", 0755));
    }

    @Test
    void shouldRemoveLinksAndNotTheirTargetsWhenATreeIsRemoved() throws IOException {
        // Given
        Files.writeString(dir.resolve("outside/kept"), "");
        Files.createDirectories(root.resolve("tree/a/b"));
        Files.writeString(root.resolve("tree/a/b/file"), "");
        Files.createSymbolicLink(root.resolve("tree/a/out"), dir.resolve("outside"));

        // When
        files.removeTree("tree");
        files.removeTree("tree");
        files.removeTree("outside-link");

        // Then
        assertThat(root.resolve("tree")).doesNotExist();
        assertThat(files.find("outside-link")).isEmpty();
        assertThat(dir.resolve("outside/kept")).exists();
        assertErrno(Errno.EINVAL, () -> files.removeTree("/"));
    }

    @Test
    void shouldRemoveATreeWhenItIsDeeperThanAnyPath() {
        // Given: 2400 folders in each other, which no single path can name
        try (TreeWriter writer = files.writer()) {
            files.mkdirs("deep", 0755);
            String chunk = "d/".repeat(300) + "d";
            for (int i = 0; i < 8; i++) {
                files.mkdirs("part", 0755);
                files.mkdirs("part/" + chunk, 0755);
                files.rename("deep", "part/" + chunk + "/deep");
                files.rename("part", "deep");
            }

            // When
            writer.remove("deep");
        }

        // Then
        assertThat(files.find("deep")).isEmpty();
    }

    @Test
    void shouldMoveAndDeleteWhenAsked() {
        files.rename("etc/passwd", "moved");
        assertThat(root.resolve("moved")).hasContent("inside");
        files.unlink("moved");
        files.rmdir("etc");
        assertThat(root.resolve("etc")).doesNotExist();
        assertErrno(Errno.ENOENT, () -> files.unlink("moved"));
    }

    @Test
    void shouldRefuseWhenAPathHidesANul() {
        assertThatThrownBy(() -> files.stat("etc\0x")).isInstanceOf(IllegalArgumentException.class);
    }

    private String read(String path) throws IOException {
        return new String(files.readAll(path, 100), StandardCharsets.UTF_8);
    }

    private void write(String path, String content) throws IOException {
        try (OutputStream out = files.write(path, 0644)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void assertErrno(int errno, ThrowingCallable code) {
        assertThatThrownBy(code).isInstanceOfSatisfying(LinuxException.class, e -> assertThat(Errno.name(e.errno()))
                .isEqualTo(Errno.name(errno)));
    }
}
