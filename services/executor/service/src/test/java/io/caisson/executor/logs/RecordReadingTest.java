package io.caisson.executor.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.LogFraming;
import io.caisson.executor.api.ReadLogs;
import io.caisson.executor.task.TaskFolder;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReadingTest {
    private static final ContainerId CONTAINER = new ContainerId("c");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Path log = new TaskFolder(CONTAINER, folder, folder).localLog();
        try (var packed = new GZIPOutputStream(Files.newOutputStream(Path.of(log + ".1.gz")))) {
            packed.write(record(1, 1, "one"));
            packed.write(record(2, 2, "two"));
        }
        Files.write(log, record(0x81, 3_000_000_000L, "thr"));
        Files.write(log, record(1, 3_000_000_000L, "ee"), java.nio.file.StandardOpenOption.APPEND);
    }

    private static byte[] record(int kind, long time, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 1 + Long.BYTES + bytes.length;
        return ByteBuffer.allocate(length + 2 * Integer.BYTES)
                .putInt(length)
                .put((byte) kind)
                .putLong(time)
                .put(bytes)
                .putInt(length)
                .array();
    }

    private String read(long tail, @Nullable Long since, boolean timestamps) throws IOException {
        var out = new ByteArrayOutputStream();
        var query = new ReadLogs(
                new NodeId("local"),
                CONTAINER,
                true,
                true,
                tail,
                since,
                null,
                timestamps,
                false,
                null,
                LogFraming.NONE);
        LogReading.of(new TaskFolder(CONTAINER, folder, folder), query, () -> false, out)
                .run(InputStream.nullInputStream());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldReadAllFilesWhenOneIsCompressed() throws IOException {
        assertThat(read(-1, null, false)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void shouldBeginInTheCompressedFileWhenTheTailReachesIt() throws IOException {
        assertThat(read(3, null, false)).isEqualTo("two\nthree\n");
        assertThat(read(2, null, false)).isEqualTo("three\n");
    }

    @Test
    void shouldSkipWhatIsOlderWhenSinceIsGiven() throws IOException {
        assertThat(read(-1, 3_000_000_000L, false)).isEqualTo("three\n");
        assertThat(read(1, null, true)).isEqualTo("1970-01-01T00:00:03.000000000Z ee\n");
    }
}
