package io.caisson.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Root;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class TreeWriterRootIT {
    private static final Instant TIME = Instant.parse("2020-01-02T03:04:05.678901234Z");

    @TempDir
    Path dir;

    private RootedFiles files;
    private TreeWriter writer;

    @BeforeEach
    void open() {
        files = RootedFiles.at(dir);
        writer = files.writer();
    }

    @AfterEach
    void close() {
        writer.close();
        files.close();
    }

    @Test
    void shouldWriteEveryAttributeWhenFileIsNew() throws IOException {
        // Given
        byte[] value = {1, 0, 2};
        var attributes = new FileAttributes(123, 456, 04751, TIME, Map.of("trusted.x", value));

        // When
        file("usr/bin/tool", attributes, "x".repeat(200_000));

        // Then
        FileStat stat = files.lstat("usr/bin/tool");
        assertThat(stat.mode()).isEqualTo(04751);
        assertThat(stat.uid()).isEqualTo(123);
        assertThat(stat.gid()).isEqualTo(456);
        assertThat(stat.modified()).isEqualTo(TIME);
        assertThat(stat.size()).isEqualTo(200_000);
        assertThat(dir.resolve("usr/bin/tool")).hasContent("x".repeat(200_000));
        assertThat(files.xattrs("usr/bin/tool").all()).containsOnlyKeys("trusted.x");
        assertThat(files.xattrs("usr/bin/tool").get("trusted.x")).hasValue(value);
        assertThat(files.lstat("usr/bin").mode()).isEqualTo(0755);
    }

    @Test
    void shouldKeepAnAttributeOfALinkItsOwnWhenItsTargetHasNone() throws IOException {
        file("target", plain(), "");
        writer.symlink("link", "target", new FileAttributes(7, 8, 0777, TIME, Map.of("trusted.x", new byte[] {9})));

        assertThat(files.lstat("link"))
                .extracting(FileStat::type, FileStat::uid, FileStat::gid, FileStat::modified)
                .containsExactly(FileType.SYMLINK, 7, 8, TIME);
        assertThat(files.readlink("link")).isEqualTo("target");
        assertThat(files.xattrs("link").names()).containsExactly("trusted.x");
        assertThat(files.xattrs("target").names()).isEmpty();
        files.chown("link", 9, 9);
        assertThat(files.lstat("target").uid()).isZero();
        assertThatThrownBy(() -> files.chmod("link", 0600)).isInstanceOf(LinuxException.class);
    }

    @Test
    void shouldMakeDevicesAndWhiteoutsWhenAsked() {
        writer.special("dev/null", FileType.CHARACTER_DEVICE, new FileStat.Device(1, 3), plain());
        writer.special("gone", FileType.CHARACTER_DEVICE, FileStat.Device.NONE, plain());
        writer.special("fifo", FileType.FIFO, FileStat.Device.NONE, plain());

        assertThat(files.lstat("dev/null").special()).isEqualTo(new FileStat.Device(1, 3));
        assertThat(files.lstat("gone").isWhiteout()).isTrue();
        assertThat(files.lstat("fifo"))
                .extracting(FileStat::type, FileStat::mode, FileStat::modified)
                .containsExactly(FileType.FIFO, 0644, TIME);
    }

    @Test
    void shouldKeepTheContentWhenAFolderIsWrittenTwice() throws IOException {
        writer.folder("a", plain());
        file("a/f", plain(), "1");
        writer.folder("a", new FileAttributes(1, 2, 01777, TIME));
        writer.folder("/", new FileAttributes(0, 0, 0711, TIME));

        assertThat(files.lstat("a"))
                .extracting(FileStat::uid, FileStat::gid, FileStat::mode, FileStat::modified)
                .containsExactly(1, 2, 01777, TIME);
        assertThat(dir.resolve("a/f")).hasContent("1");
        assertThat(files.lstat("/").mode()).isEqualTo(0711);
        file("a/g", plain(), "");
        writer.modified("a", TIME);
        writer.modified("/", TIME);
        assertThat(files.lstat("a").modified()).isEqualTo(TIME);
        assertThat(files.lstat("/").modified()).isEqualTo(TIME);
    }

    @Test
    void shouldShareTheInodeWhenLinked() throws IOException {
        file("a/one", plain(), "1");
        writer.link("b/two", "/a/one");

        assertThat(files.lstat("b/two").isSameFile(files.lstat("a/one"))).isTrue();
        assertThat(files.lstat("b/two").links()).isEqualTo(2);
    }

    @Test
    void shouldNotFollowWhenALinkHasTheNameOfAnEntry() throws IOException {
        // Given
        Path outside = Files.createTempFile("outside", "");
        writer.symlink("f", outside.toString(), plain());
        writer.symlink("d", outside.getParent().toString(), plain());

        // When
        assertErrno(Errno.EEXIST, () -> file("f", plain(), "overwritten"));
        assertErrno(Errno.EEXIST, () -> writer.folder("d", plain()));
        assertErrno(Errno.EINVAL, () -> file("..", plain(), ""));
        assertErrno(Errno.EINVAL, () -> writer.symlink("d/..", "x", plain()));

        // Then
        assertThat(outside).isEmptyFile();
        Files.delete(outside);
    }

    @Test
    void shouldSeeTheNewFolderWhenTheLastOneWasReplaced() throws IOException {
        file("a/one", plain(), "old");
        writer.remove("a");
        file("b/x", plain(), "");
        writer.symlink("a", "b", plain());

        file("a/one", plain(), "new");

        assertThat(dir.resolve("b/one")).hasContent("new");
    }

    private void file(String path, FileAttributes attributes, String content) throws IOException {
        writer.file(path, attributes, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static FileAttributes plain() {
        return new FileAttributes(0, 0, 0644, TIME);
    }

    private static void assertErrno(int errno, org.assertj.core.api.ThrowableAssert.ThrowingCallable code) {
        assertThatThrownBy(code).isInstanceOfSatisfying(LinuxException.class, e -> assertThat(Errno.name(e.errno()))
                .isEqualTo(Errno.name(errno)));
    }
}
