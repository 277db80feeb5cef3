package io.caisson.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarReaderTest {
    @Test
    void shouldReadWhatWasWrittenWhenHeadersAreExtended() throws IOException {
        // Given
        String longName = "d/".repeat(80) + "file";
        byte[] tar = new TarBuilder()
                .mode(04755)
                .owner(3_000_000, 7)
                .pax("mtime", "1700000000.123456789")
                .xattr("user.note", "x=y")
                .file(longName, "content")
                .symlink("link", "t".repeat(150))
                .gnuLongName("g".repeat(200))
                .dir("cut")
                .build();
        var reader = new TarReader(new ByteArrayInputStream(tar));

        // When
        TarEntry file = reader.next();
        String content = new String(reader.content().readAllBytes(), StandardCharsets.UTF_8);
        TarEntry link = reader.next();
        TarEntry gnu = reader.next();

        // Then
        assertThat(file.path()).isEqualTo(longName);
        assertThat(file.mode()).isEqualTo(04755);
        assertThat(file.uid()).isEqualTo(3_000_000);
        assertThat(file.modified()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
        assertThat(file.xattrs()).containsOnlyKeys("user.note");
        assertThat(content).isEqualTo("content");
        assertThat(link.link()).hasSize(150);
        assertThat(gnu.path()).isEqualTo("g".repeat(200));
        assertThat(reader.next()).isNull();
    }

    @Test
    void shouldPassOverContentWhenItIsNotRead() throws IOException {
        byte[] tar = new TarBuilder().file("a", "x".repeat(1000)).file("b", "y").build();
        var reader = new TarReader(new ByteArrayInputStream(tar));

        assertThat(reader.next().path()).isEqualTo("a");
        assertThat(reader.next().path()).isEqualTo("b");
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
    }

    @Test
    void shouldReadHolesAsZerosWhenAFileIsSparse() throws IOException {
        // Given two stored bytes at 4 of 10, by PAX 0.1
        byte[] tar = new TarBuilder()
                .pax("GNU.sparse.size", "10")
                .pax("GNU.sparse.numblocks", "1")
                .pax("GNU.sparse.map", "4,2")
                .file("sparse", "ab")
                .build();
        var reader = new TarReader(new ByteArrayInputStream(tar));

        // When
        TarEntry entry = reader.next();
        byte[] content = new SparseInput(entry.sparse(), reader.content()).readAllBytes();

        // Then
        assertThat(entry.size()).isEqualTo(10);
        assertThat(content).containsExactly(0, 0, 0, 0, 'a', 'b', 0, 0, 0, 0);
    }

    static Stream<Arguments> badTars() {
        byte[] good = new TarBuilder().file("a", "content").build();
        byte[] broken = good.clone();
        broken[0] ^= 1;
        return Stream.of(
                Arguments.of("a wrong checksum", broken),
                Arguments.of("text", "this is not a tar at all".repeat(100).getBytes(StandardCharsets.UTF_8)),
                Arguments.of("cut off in a header", Arrays.copyOf(good, 300)),
                Arguments.of("cut off in content", Arrays.copyOf(good, 515)),
                Arguments.of(
                        "a content that never comes",
                        new TarBuilder().header('0', "a", "", 1L << 40, 0, 0).build()),
                Arguments.of(
                        "a huge PAX header",
                        new TarBuilder().header('x', "p", "", 1L << 30, 0, 0).build()),
                Arguments.of(
                        "a bad PAX record",
                        new TarBuilder()
                                .raw('x', "p", "", "99 a=b\n".getBytes(StandardCharsets.UTF_8), 0, 0)
                                .build()),
                Arguments.of(
                        "NUL in a path",
                        new TarBuilder().pax("path", "a\0b").file("a", "").build()),
                Arguments.of(
                        "an endless path",
                        new TarBuilder()
                                .pax("path", "a/".repeat(5000))
                                .file("a", "")
                                .build()),
                Arguments.of(
                        "a negative size",
                        new TarBuilder().pax("size", "-1").file("a", "").build()),
                Arguments.of(
                        "an id too large",
                        new TarBuilder().pax("uid", "4294967295").file("a", "").build()),
                Arguments.of(
                        "an unknown type",
                        new TarBuilder().raw('Z', "a", "", new byte[0], 0, 0).build()),
                Arguments.of(
                        "overlapping extents",
                        new TarBuilder()
                                .pax("GNU.sparse.size", "4")
                                .pax("GNU.sparse.map", "0,2,1,2")
                                .file("a", "abcd")
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTars")
    void shouldRefuseWhenItIsNoProperTar(String what, byte[] tar) {
        assertThatThrownBy(() -> {
                    var reader = new TarReader(new ByteArrayInputStream(tar));
                    while (reader.next() != null) {
                        long _ = reader.content().transferTo(OutputStream.nullOutputStream());
                    }
                })
                .as(what)
                .isInstanceOf(TarException.class);
    }
}
