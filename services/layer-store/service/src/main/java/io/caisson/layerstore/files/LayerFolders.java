package io.caisson.layerstore.files;

import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.SnapshotId;
import io.caisson.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where things lie:
 *
 * <pre>
 * layers/HEX.LINK/diff            a layer, unpacked; HEX is its diffId
 * layers/HEX.LINK/blob            the same as it was transferred
 * l/LINK                          short links to layers' folders and to snapshots
 * snapshots/ID.LINK/upper, work   what a container changed
 * volumes/NAME/_data
 * tmp/, trash/                    on the way in, on the way out
 * </pre>
 *
 * <p>A layer comes and goes by one rename; with its link in its name, two of the same diffId never get in each other's way.
 * Only root may look inside: programs in images may be set-uid.
 */
public final class LayerFolders {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    private final Path base;

    /** @throws IllegalArgumentException for a path that cannot stand in the options of an overlay mount */
    public LayerFolders(Path base) {
        if (base.toString().matches(".*[,:\\\\].*")) {
            throw new IllegalArgumentException("caisson.data must not contain ',', ':' or '\\': " + base);
        }
        this.base = base;
    }

    /** Makes what is missing. */
    public void make() throws IOException {
        Files.createDirectories(base.getParent());
        folder(base);
        for (String name : List.of("layers", "l", "snapshots", "volumes", "tmp", "trash", "empty")) {
            folder(base.resolve(name));
        }
        Files.setPosixFilePermissions(base.resolve("empty"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A folder that only root may enter; nothing to do where it is there. */
    public static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    public Path base() {
        return base;
    }

    public Path layers() {
        return base.resolve("layers");
    }

    public Path layer(Digest diffId, String link) {
        return layers().resolve(diffId.hex() + "." + link);
    }

    public static Path diff(Path layer) {
        return layer.resolve("diff");
    }

    public static Path blob(Path layer) {
        return layer.resolve("blob");
    }

    public Path links() {
        return base.resolve("l");
    }

    public Path link(String name) {
        return links().resolve(name);
    }

    public Path snapshots() {
        return base.resolve("snapshots");
    }

    public Path snapshot(SnapshotId id, String link) {
        return snapshots().resolve(name(id.value()) + "." + link);
    }

    public Path volumes() {
        return base.resolve("volumes");
    }

    public Path volume(String name) {
        return volumes().resolve(name(name));
    }

    public Path trash() {
        return base.resolve("trash");
    }

    public Path tmp() {
        return base.resolve("tmp");
    }

    /** The layer below everything where there is no other. */
    public Path empty() {
        return base.resolve("empty");
    }

    /** A new folder of its own for something on its way in. */
    public Path temporary(String prefix) throws IOException {
        Path folder = tmp().resolve(prefix + "-" + Ids.hex(16));
        folder(folder);
        return folder;
    }

    /** What is in one of these folders. */
    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches() || name.length() > 255) {
            throw Fault.invalid("invalid name: " + name);
        }
        return name;
    }
}
