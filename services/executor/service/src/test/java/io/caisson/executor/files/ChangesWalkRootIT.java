package io.caisson.executor.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.FileChange;
import io.caisson.linux.file.FileStat.Device;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.oci.Mount;
import io.caisson.tar.TarEntry;
import io.caisson.tar.TarReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same layers were given to a dockerd 20.10: this is what it answered, in another order. */
@EnabledIf(value = "isRoot", disabledReason = "needs root")
class ChangesWalkRootIT {
    @TempDir
    Path work;

    private RootedFiles lower;
    private RootedFiles upper;

    static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    @BeforeEach
    void makeLayers() throws IOException {
        for (String name : List.of("base", "lower", "upper", "show")) {
            var _ = Files.createDirectory(work.resolve(name));
        }
        lower = RootedFiles.at(work.resolve("lower"));
        upper = RootedFiles.at(work.resolve("upper"));
    }

    private OwnLayer layer() {
        String layers = "lowerdir=" + work.resolve("lower") + ":" + work.resolve("base");
        return new OwnLayer(
                new Mount("overlay", "overlay", "", List.of(layers, "upperdir=" + work.resolve("upper"))),
                work.resolve("show"));
    }

    private List<String> changes() throws IOException {
        var all = new ArrayList<String>();
        try (OwnLayer layer = layer()) {
            layer.changes(change -> all.add(letter(change) + " " + change.path()));
        }
        return all;
    }

    private static char letter(FileChange change) {
        return switch (change.kind()) {
            case MODIFIED -> 'C';
            case ADDED -> 'A';
            case DELETED -> 'D';
        };
    }

    private static void file(RootedFiles files, String path) throws IOException {
        try (var out = files.write(path, 0644)) {
            out.write('x');
        }
    }

    private void replaceAFolder() throws IOException {
        lower.mkdirs("etc/network", 0755);
        file(lower, "etc/network/old");
        file(lower, "etc/network/kept");
        upper.mkdirs("etc/network", 0755);
        upper.xattrs("etc/network").set("trusted.overlay.opaque", new byte[] {'y'});
        file(upper, "etc/network/kept");
        file(upper, "etc/network/new");
    }

    @Test
    void shouldTellWhatWasAddedChangedAndDeleted() throws IOException {
        // Given
        replaceAFolder();
        lower.mkdirs("bin", 0755);
        file(lower, "bin/vi");
        upper.mkdirs("bin", 0755);
        upper.mknod("bin/vi", FileType.CHARACTER_DEVICE, 0, Device.NONE);
        upper.mknod("bin/never", FileType.CHARACTER_DEVICE, 0, Device.NONE);
        lower.mkdirs("same", 0755);
        upper.mkdirs("same", 0755);
        lower.mkdirs("mode", 0755);
        upper.mkdirs("mode", 0700);
        upper.mkdirs("a/b", 0755);
        lower.mkdirs("was-folder", 0755);
        file(lower, "was-folder/x");
        file(upper, "was-folder");

        // Then
        assertThat(changes())
                .containsExactly(
                        "A /a",
                        "A /a/b",
                        "C /bin",
                        "D /bin/vi",
                        "C /etc",
                        "C /etc/network",
                        "C /etc/network/kept",
                        "A /etc/network/new",
                        "D /etc/network/old",
                        "C /mode",
                        "C /was-folder",
                        "D /was-folder/x");
    }

    @Test
    void shouldLeaveOutWhatEveryContainerHas() throws IOException {
        upper.mkdirs("proc", 0755);
        upper.mkdirs("sys", 0755);
        upper.mkdirs("dev", 0755);
        upper.mkdirs("etc", 0755);
        upper.write("etc/hosts", 0755).close();
        upper.write("etc/resolv.conf", 0755).close();

        assertThat(changes()).isEmpty();

        file(upper, "etc/mine");
        assertThat(changes()).containsExactly("C /etc", "A /etc/mine");
    }

    @Test
    void shouldMarkDeletionsWhenItBecomesALayer() throws IOException {
        // Given
        replaceAFolder();
        upper.xattrs("etc/network/new").set("user.note", new byte[] {1});
        var out = new ByteArrayOutputStream();

        // When
        try (OwnLayer layer = layer()) {
            layer.archive(out);
        }
        var reader = new TarReader(new ByteArrayInputStream(out.toByteArray()));
        var names = new ArrayList<String>();
        var xattrs = new ArrayList<String>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            names.add(entry.path());
            xattrs.addAll(entry.xattrs().keySet());
        }

        // Then
        assertThat(names)
                .containsExactly("etc/", "etc/network/", "etc/network/kept", "etc/network/new", "etc/network/.wh.old");
        assertThat(xattrs).containsExactly("user.note");
    }
}
