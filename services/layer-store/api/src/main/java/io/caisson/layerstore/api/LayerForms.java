package io.caisson.layerstore.api;

import java.util.List;

public record LayerForms(List<LayerForm> layers) {
    public LayerForms {
        layers = List.copyOf(layers);
    }
}
