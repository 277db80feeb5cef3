package io.caisson.layerstore.api;

import io.caisson.kernel.SnapshotId;
import java.util.List;

/** Snapshots by their ids, in no order. */
public record SnapshotList(List<SnapshotId> ids) {
    public SnapshotList {
        ids = List.copyOf(ids);
    }
}
