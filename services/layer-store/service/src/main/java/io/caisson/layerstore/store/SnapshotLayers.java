package io.caisson.layerstore.store;

import java.util.List;

/**
 * What a snapshot stands on; an object of its own because a JSON column cannot be a bare list.
 *
 * @param diffIds base first
 */
public record SnapshotLayers(List<String> diffIds) {
    public SnapshotLayers {
        diffIds = List.copyOf(diffIds);
    }
}
