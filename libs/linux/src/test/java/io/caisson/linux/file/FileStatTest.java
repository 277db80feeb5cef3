package io.caisson.linux.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStatTest {
    @TempDir
    Path dir;

    @Test
    void shouldTellWhatTheFileIsWhenItIsRegular() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "hello");
        Files.createLink(dir.resolve("second"), file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));

        FileStat stat = FileStat.of(file);

        assertThat(stat.type()).isEqualTo(FileType.REGULAR);
        assertThat(stat.size()).isEqualTo(5);
        assertThat(stat.links()).isEqualTo(2);
        assertThat(stat.modified()).isEqualTo(Instant.parse("2001-02-03T04:05:06.789Z"));
        assertThat(stat.uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(stat.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(stat.mode()).isEqualTo((int) Files.getAttribute(file, "unix:mode") & 07777);
        assertThat(stat.device().encoded()).isEqualTo(Files.getAttribute(file, "unix:dev"));
        assertThat(stat.isSameFile(FileStat.of(dir.resolve("second")))).isTrue();
        assertThat(stat.isSameFile(FileStat.of(dir))).isFalse();
    }

    @Test
    void shouldTellOfTheLinkWhenItLeadsNowhere() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("/nowhere"));

        assertThat(FileStat.of(link).type()).isEqualTo(FileType.SYMLINK);
        assertThat(FileStat.of(link).size()).isEqualTo(8);
    }

    @Test
    void shouldKnowTheDeviceWhenFileIsOne() {
        FileStat stat = FileStat.of(Path.of("/dev/null"));

        assertThat(stat.type()).isEqualTo(FileType.CHARACTER_DEVICE);
        assertThat(stat.special()).isEqualTo(new FileStat.Device(1, 3));
        assertThat(stat.isWhiteout()).isFalse();
    }

    @Test
    void shouldEncodeAsTheKernelDoesWhenNumbersAreLarge() {
        assertThat(new FileStat.Device(8, 1).encoded()).isEqualTo(0x801);
        assertThat(new FileStat.Device(0x12345, 0x6789a).encoded()).isEqualTo(0x120006783459aL);
    }
}
