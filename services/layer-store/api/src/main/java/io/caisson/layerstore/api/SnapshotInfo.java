package io.caisson.layerstore.api;

import io.caisson.kernel.SnapshotId;
import io.caisson.oci.Mount;
import java.util.List;

/**
 * @param mount an overlay mount with an empty destination
 * @param lowerDirs topmost first, as overlay wants them
 */
public record SnapshotInfo(SnapshotId id, Mount mount, List<String> lowerDirs, String upperDir, String workDir) {
    public SnapshotInfo {
        lowerDirs = List.copyOf(lowerDirs);
    }
}
