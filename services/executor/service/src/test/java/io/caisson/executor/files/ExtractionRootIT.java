package io.caisson.executor.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.user.Identity;
import io.caisson.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "isRoot", disabledReason = "needs root")
class ExtractionRootIT {
    @TempDir
    Path work;

    private RootedFiles files;

    static boolean isRoot() throws IOException {
        return ChangesWalkRootIT.isRoot();
    }

    @BeforeEach
    void makeARoot() throws IOException {
        var _ = Files.createDirectory(work.resolve("root"));
        files = RootedFiles.at(work.resolve("root"));
        files.mkdirs("to", 0700);
    }

    private void extract(byte[] tar, boolean keepKinds, @Nullable Identity owner) throws IOException {
        try (var extraction = new Extraction(files, "/to", keepKinds, owner)) {
            extraction.run(new ByteArrayInputStream(tar));
        }
    }

    @Test
    void shouldMergeFoldersAndReplaceFiles() throws IOException {
        // Given
        files.mkdirs("to/d", 0755);
        files.write("to/d/there", 0644).close();
        files.write("to/f", 0600).close();

        // When
        extract(
                new TarBuilder()
                        .dir(".")
                        .dir("d")
                        .file("f", "new")
                        .file("d/x", "y")
                        .build(),
                true,
                null);

        // Then
        assertThat(files.list("to/d")).containsExactlyInAnyOrder("there", "x");
        assertThat(files.lstat("to/f").size()).isEqualTo(3);
        assertThat(files.lstat("to").mode()).isEqualTo(0700);
    }

    @Test
    void shouldGiveEverythingToTheOwnerWhenThereIsOne() throws IOException {
        byte[] tar = new TarBuilder().owner(1234, 77).file("f", "x").build();

        extract(tar, false, null);
        assertThat(files.lstat("to/f").uid()).isEqualTo(1234);

        extract(tar, false, new Identity(7, 8, List.of(8), "/"));
        assertThat(files.lstat("to/f").uid()).isEqualTo(7);
        assertThat(files.lstat("to/f").gid()).isEqualTo(8);
    }

    @Test
    void shouldKeepKindsWhenAsked() throws IOException {
        files.mkdirs("to/d", 0755);
        files.write("to/f", 0600).close();

        assertThatThrownBy(() -> extract(new TarBuilder().file("d", "").build(), true, null))
                .isInstanceOf(Fault.class)
                .hasMessage("cannot overwrite directory \"/to/d\" with non-directory \"/to\"");
        assertThatThrownBy(() -> extract(new TarBuilder().dir("f").build(), true, null))
                .hasMessage("cannot overwrite non-directory \"/to/f\" with directory \"/to\"");

        extract(new TarBuilder().file("d", "").dir("f").build(), false, null);
        assertThat(files.lstat("to/d").type()).isEqualTo(FileType.REGULAR);
        assertThat(files.lstat("to/f").type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void shouldNeverLeaveTheRoot() throws IOException {
        // Given a link that leads out of the root for whoever does not care
        files.symlink("to/out", "../../../../escaped");
        files.mkdirs("escaped", 0755);

        // When
        extract(new TarBuilder().file("out/f", "x").build(), false, null);

        // Then it stays in the container
        assertThat(files.list("escaped")).containsExactly("f");
        assertThat(work.resolve("escaped")).doesNotExist();
        assertThatThrownBy(() ->
                        extract(new TarBuilder().file("../../etc/evil", "").build(), false, null))
                .hasMessage("\"../../etc/evil\" is outside of \"/to\"");
    }

    @Test
    void shouldNotLeaveHalfAFileWhenTheTarIsCutShort() {
        byte[] tar = new TarBuilder().file("f", "x".repeat(10_000)).build();

        assertThatThrownBy(() -> extract(Arrays.copyOf(tar, 5_000), false, null))
                .hasMessage("unexpected EOF");

        assertThat(files.find("to/f")).isEmpty();
    }
}
