package io.caisson.layerstore.api;

import io.caisson.oci.Digest;
import java.util.List;

public record MissingLayers(List<Digest> diffIds) {
    public MissingLayers {
        diffIds = List.copyOf(diffIds);
    }
}
