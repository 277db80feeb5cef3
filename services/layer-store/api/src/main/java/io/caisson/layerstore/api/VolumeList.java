package io.caisson.layerstore.api;

import java.util.List;

public record VolumeList(List<VolumeInfo> volumes) {
    public VolumeList {
        volumes = List.copyOf(volumes);
    }
}
