package io.caisson.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    private static TarEntry entry(TarType type, String path, String link, long size) {
        return new TarEntry(type, path, link, 04755, 1000, 2000, size, TIME, 0, 0, Map.of(), null);
    }

    private static byte[] written(TarEntry entry, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new TarWriter(out);
        writer.put(entry, new ByteArrayInputStream(content));
        writer.finish();
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 130_000, 131_072, 1_000_000})
    void shouldReadBackWhatItWroteWhateverTheSize(int size) throws IOException {
        // Given
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 7);

        // When
        byte[] tar = written(entry(TarType.FILE, "a/f", "", size), content);
        var reader = new TarReader(new ByteArrayInputStream(tar));
        TarEntry read = reader.next();

        // Then
        assertThat(tar.length % 512).isZero();
        assertThat(read).isEqualTo(entry(TarType.FILE, "a/f", "", size));
        assertThat(reader.content().readAllBytes()).isEqualTo(content);
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ü", "long", "longer"})
    void shouldExtendHeadersWhenValuesDoNotFit(String name) throws IOException {
        // Given
        String path = name.startsWith("long") ? (name + "/").repeat(30) + "x" : name + "x";
        var entry = new TarEntry(
                TarType.SYMLINK,
                path,
                "t".repeat(101),
                0777,
                3_000_000,
                -2,
                0,
                Instant.ofEpochSecond(-5),
                0,
                0,
                Map.of("user.x", new byte[] {1, 0, -1}),
                null);

        // When
        TarEntry read = new TarReader(new ByteArrayInputStream(written(entry, new byte[0]))).next();

        // Then
        assertThat(read.path()).isEqualTo(path);
        assertThat(read.link()).isEqualTo(entry.link());
        assertThat(read.uid()).isEqualTo(3_000_000);
        assertThat(read.gid()).isEqualTo(-2);
        assertThat(read.modified()).isEqualTo(entry.modified());
        assertThat(read.xattrs().get("user.x")).containsExactly(1, 0, -1);
    }

    @Test
    void shouldFailWhenTheContentIsTooShort() {
        assertThatThrownBy(() -> written(entry(TarType.FILE, "f", "", 10), new byte[9]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("became shorter");
    }

    @Test
    void shouldMarkFoldersWithASlash() throws IOException {
        byte[] tar = written(entry(TarType.DIRECTORY, "d", "", 0), new byte[0]);

        assertThat(new TarReader(new ByteArrayInputStream(tar)).next().path()).isEqualTo("d/");
    }
}
