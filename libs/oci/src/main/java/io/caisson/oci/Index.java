package io.caisson.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image index or Docker manifest list: one manifest per platform (OCI image spec, image-index.md). */
public record Index(
        int schemaVersion,
        @Nullable String mediaType,
        List<Descriptor> manifests,
        @Nullable Map<String, String> annotations) {
    public Index {
        manifests = List.copyOf(manifests);
        annotations = annotations == null ? null : Map.copyOf(annotations);
    }
}
