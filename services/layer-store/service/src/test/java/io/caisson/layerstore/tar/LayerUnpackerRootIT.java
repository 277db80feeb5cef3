package io.caisson.layerstore.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.layerstore.Root;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.tar.TarException;
import io.caisson.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Root
class LayerUnpackerRootIT {
    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
    }

    private UnpackedLayer unpack(TarBuilder tar) throws IOException {
        try (var unpacker = new LayerUnpacker(root, 1 << 20)) {
            return unpacker.unpack(new ByteArrayInputStream(tar.build()));
        }
    }

    private FileStat stat(String path) {
        return FileStat.of(root.resolve(path));
    }

    private String opaque(String path) {
        try (var files = RootedFiles.at(root)) {
            return files.xattrs(path)
                    .get("trusted.overlay.opaque")
                    .map(value -> new String(value, StandardCharsets.UTF_8))
                    .orElse("");
        }
    }

    @Test
    void shouldKeepEveryTypeAndAttributeWhenUnpacked() throws IOException {
        // When
        var layer = unpack(new TarBuilder()
                .mode(01777)
                .owner(5, 6)
                .dir("./")
                .modified(1_600_000_000)
                .dir("bin/")
                .mode(04755)
                .owner(1000, 1001)
                .xattr("user.note", "hello")
                .pax("mtime", "1650000000.5")
                .file("bin/tool", "12345")
                .hardlink("bin/other", "bin/tool")
                .symlink("bin/sh", "/bin/tool")
                .fifo("pipe")
                .characterDevice("null", 1, 3)
                .blockDevice("disk", 8, 300));

        // Then
        assertThat(layer.size()).isEqualTo(5);
        assertThat(layer.root()).isEqualTo(new RootAttributes(5, 6, 01777));
        assertThat(stat("").mode()).isEqualTo(01777);
        FileStat tool = stat("bin/tool");
        assertThat(tool.mode()).isEqualTo(04755);
        assertThat(tool.uid()).isEqualTo(1000);
        assertThat(tool.gid()).isEqualTo(1001);
        assertThat(tool.modified()).isEqualTo(Instant.ofEpochSecond(1_650_000_000, 500_000_000));
        assertThat(tool.links()).isEqualTo(2);
        assertThat(stat("bin/other").inode()).isEqualTo(tool.inode());
        assertThat(stat("bin").modified()).isEqualTo(Instant.ofEpochSecond(1_600_000_000));
        assertThat(stat("bin/sh").type()).isEqualTo(FileType.SYMLINK);
        assertThat(stat("bin/sh").uid()).isEqualTo(1000);
        assertThat(stat("pipe").type()).isEqualTo(FileType.FIFO);
        assertThat(stat("null").special()).isEqualTo(new FileStat.Device(1, 3));
        assertThat(stat("disk").special()).isEqualTo(new FileStat.Device(8, 300));
        assertThat(Files.getAttribute(root.resolve("bin/tool"), "user:note")).isNotNull();
    }

    @Test
    void shouldMarkForOverlayWhenThereAreWhiteouts() throws IOException {
        // When
        var layer = unpack(new TarBuilder()
                .mode(0755)
                .dir("etc")
                .whiteout("etc/gone")
                .opaque("var/cache")
                .file("var/cache/new", "x")
                .whiteout("again")
                .dir("again")
                .file("again/file", "y")
                .dir("both")
                .file("both/kept", "z")
                .whiteout("both")
                .file(".wh..wh.plnk/1", "aufs"));

        // Then
        assertThat(stat("etc/gone").isWhiteout()).isTrue();
        assertThat(opaque("var/cache")).isEqualTo("y");
        assertThat(root.resolve("var/cache/.wh..wh..opq")).doesNotExist();
        assertThat(opaque("again")).isEqualTo("y");
        assertThat(opaque("both")).isEqualTo("y");
        assertThat(root.resolve("both/kept")).exists();
        assertThat(opaque("etc")).isEmpty();
        assertThat(layer.opaqueRoot()).isFalse();
        assertThat(layer.root()).isNull();
    }

    @Test
    void shouldReplaceWhenALaterEntryHasTheSameName() throws IOException {
        // When
        unpack(new TarBuilder()
                .file("a", "old")
                .file("a", "new")
                .dir("b")
                .file("b/x", "1")
                .file("b", "now a file")
                .symlink("c", "/nowhere")
                .dir("c")
                .file("c/x", "2")
                .dir("d")
                .file("d/kept", "3")
                .mode(0700)
                .dir("d"));

        // Then
        assertThat(root.resolve("a")).hasContent("new");
        assertThat(root.resolve("b")).hasContent("now a file");
        assertThat(root.resolve("c/x")).hasContent("2");
        assertThat(stat("c").type()).isEqualTo(FileType.DIRECTORY);
        assertThat(root.resolve("d/kept")).hasContent("3");
        assertThat(stat("d").mode()).isEqualTo(0700);
    }

    @Test
    void shouldLeaveOutOverlaysOwnAttributesWhenATarBringsThem() throws IOException {
        unpack(new TarBuilder().xattr("trusted.overlay.redirect", "/etc").dir("d"));

        try (var files = RootedFiles.at(root)) {
            assertThat(files.xattrs("d").names()).doesNotContain("trusted.overlay.redirect");
        }
    }

    static Stream<Arguments> hostileTars() {
        return Stream.of(
                Arguments.of("a path up", new TarBuilder().file("../outside", "x")),
                Arguments.of("a path up from below", new TarBuilder().file("a/../../outside", "x")),
                Arguments.of("a whiteout of the parent", new TarBuilder().file("a/.wh...", "")),
                Arguments.of("a whiteout without a name", new TarBuilder().file("a/.wh.", "")),
                Arguments.of("a hard link up", new TarBuilder().hardlink("a", "../victim")),
                Arguments.of(
                        "a hard link through a link",
                        new TarBuilder().symlink("up", "..").hardlink("a", "up/victim")),
                Arguments.of("a file as root", new TarBuilder().file("./", "x").symlink("/", "/etc")),
                Arguments.of(
                        "a sparse file without end",
                        new TarBuilder()
                                .pax("GNU.sparse.size", "99999999999999")
                                .pax("GNU.sparse.map", "0,1")
                                .file("a", "x")),
                Arguments.of("a file as folder", new TarBuilder().file("a", "x").file("a/b", "y")),
                Arguments.of("a name too long", new TarBuilder().file("n".repeat(256), "x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTars")
    void shouldRefuseWhenTheTarIsHostile(String what, TarBuilder tar) throws IOException {
        Files.writeString(temporary.resolve("victim"), "untouched");

        assertThatThrownBy(() -> unpack(tar)).as(what).isInstanceOf(TarException.class);

        assertThat(temporary.resolve("outside")).doesNotExist();
        assertThat(FileStat.of(temporary.resolve("victim")).links()).isEqualTo(1);
    }

    @Test
    void shouldStayInsideWhenLinksLeadOut() throws IOException {
        // Given links to a folder outside, absolute and relative
        Path outside = Files.createDirectory(temporary.resolve("outside"));

        // When
        unpack(new TarBuilder()
                .dir("outside")
                .symlink("absolute", "/outside")
                .symlink("relative", "../../outside")
                .file("absolute/one", "1")
                .file("relative/two", "2")
                .whiteout("relative/three"));

        // Then
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("outside/one")).hasContent("1");
        assertThat(root.resolve("outside/two")).hasContent("2");
        assertThat(stat("outside/three").isWhiteout()).isTrue();
    }

    @Test
    void shouldRefuseWhenALinkLeadsToNothingInside() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));

        assertThatThrownBy(() -> unpack(
                        new TarBuilder().symlink("up", outside.toString()).file("up/file", "x")))
                .isInstanceOf(TarException.class);

        assertThat(outside).isEmptyDirectory();
    }
}
