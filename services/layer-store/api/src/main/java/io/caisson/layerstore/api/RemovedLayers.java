package io.caisson.layerstore.api;

import io.caisson.oci.Digest;
import java.util.List;

public record RemovedLayers(List<Digest> diffIds, long bytes) {
    public RemovedLayers {
        diffIds = List.copyOf(diffIds);
    }
}
