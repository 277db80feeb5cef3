package io.caisson.layerstore.api;

import java.util.List;

public record LayerInfos(List<LayerInfo> layers) {
    public LayerInfos {
        layers = List.copyOf(layers);
    }
}
