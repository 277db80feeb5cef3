package io.caisson.layerstore;

import io.caisson.kernel.Fault;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.SnapshotRow;
import io.caisson.layerstore.tar.RootAttributes;
import io.caisson.oci.Digest;
import io.caisson.oci.Mount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From layers to the mount that shows them. Pure. */
final class SnapshotMapping {
    /** As many as Docker's. */
    static final int MAX_LAYERS = 127;

    private static final int MOUNT_DATA = 4095;
    private static final int ROOT_MODE = 0755;

    private SnapshotMapping() {}

    static Map<String, LayerRow> byDiffId(List<LayerRow> layers) {
        return layers.stream().collect(Collectors.toMap(row -> row.diffId, Function.identity()));
    }

    static SnapshotInfo info(LayerFolders folders, SnapshotRow row, Map<String, LayerRow> layers) {
        List<String> lower = lowerDirs(folders, row.layers.diffIds(), layers);
        Path own = folders.link(row.link);
        String upper = own.resolve("upper").toString();
        String work = own.resolve("work").toString();
        List<String> options =
                List.of("lowerdir=" + String.join(":", lower), "upperdir=" + upper, "workdir=" + work, "index=off");
        if (String.join(",", options).getBytes(StandardCharsets.UTF_8).length > MOUNT_DATA) {
            throw Fault.invalid("max depth exceeded: the path of caisson.data is too long for so many layers");
        }
        var mount = new Mount("overlay", "overlay", "", options);
        return new SnapshotInfo(new SnapshotId(row.name), mount, lower, upper, work);
    }

    private static List<String> lowerDirs(LayerFolders folders, List<String> layers, Map<String, LayerRow> rows) {
        List<String> links = shown(layers, rows).stream()
                .map(row -> folders.link(row.link).toString())
                .toList();
        return links.isEmpty() ? List.of(folders.empty().toString()) : links;
    }

    /** Of the layers that are to be seen, topmost first. */
    static List<Path> folders(LayerFolders folders, List<String> layers, Map<String, LayerRow> rows) {
        return shown(layers, rows).stream()
                .map(row -> folders.layer(Digest.parse(row.diffId), row.link))
                .toList();
    }

    /** Topmost first. A layer that comes again further down adds nothing, and overlay refuses it. */
    private static SequencedCollection<LayerRow> shown(List<String> layers, Map<String, LayerRow> rows) {
        SequencedCollection<LayerRow> shown = new LinkedHashSet<>();
        for (String diffId : layers.reversed()) {
            LayerRow row = row(rows, diffId);
            shown.add(row);
            if (row.opaqueRoot) {
                break; // hides all below
            }
        }
        return shown;
    }

    /** What the topmost layer that says anything about it makes of the root folder. */
    static RootAttributes root(List<String> layers, Map<String, LayerRow> rows) {
        for (String diffId : layers.reversed()) {
            LayerRow row = row(rows, diffId);
            Integer uid = row.rootUid;
            Integer gid = row.rootGid;
            Integer mode = row.rootMode;
            if (uid != null && gid != null && mode != null) {
                return new RootAttributes(uid, gid, mode);
            }
        }
        return new RootAttributes(0, 0, ROOT_MODE);
    }

    private static LayerRow row(Map<String, LayerRow> rows, String diffId) {
        LayerRow row = rows.get(diffId);
        if (row == null) {
            throw Fault.notFound("layer does not exist: " + diffId);
        }
        return row;
    }
}
