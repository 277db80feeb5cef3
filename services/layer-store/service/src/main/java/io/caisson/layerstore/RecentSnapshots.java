package io.caisson.layerstore;

import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots that were made a short while ago: most are started at once. What a snapshot is never changes, and no process but
 * this one makes or removes those of its node.
 */
final class RecentSnapshots {
    private static final int CAPACITY = 256;

    private final Map<SnapshotId, SnapshotInfo> snapshots = new LinkedHashMap<>();

    synchronized void put(SnapshotId id, SnapshotInfo info) {
        snapshots.put(id, info);
        if (snapshots.size() > CAPACITY) {
            snapshots.remove(snapshots.keySet().iterator().next());
        }
    }

    synchronized Optional<SnapshotInfo> get(SnapshotId id) {
        return Optional.ofNullable(snapshots.get(id));
    }

    synchronized void forget(SnapshotId id) {
        snapshots.remove(id);
    }
}
