package io.caisson.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image manifest: one config and its layers, base first (OCI image spec, manifest.md; Docker schema 2). */
public record Manifest(
        int schemaVersion,
        @Nullable String mediaType,
        Descriptor config,
        List<Descriptor> layers,
        @Nullable Map<String, String> annotations) {
    public Manifest {
        layers = List.copyOf(layers);
        annotations = annotations == null ? null : Map.copyOf(annotations);
    }
}
