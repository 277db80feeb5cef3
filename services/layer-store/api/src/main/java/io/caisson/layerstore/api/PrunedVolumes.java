package io.caisson.layerstore.api;

import java.util.List;

/** @param bytes of the regular files that were in them */
public record PrunedVolumes(List<String> names, long bytes) {
    public static final PrunedVolumes NONE = new PrunedVolumes(List.of(), 0);

    public PrunedVolumes {
        names = List.copyOf(names);
    }

    public static PrunedVolumes sum(List<PrunedVolumes> parts) {
        return new PrunedVolumes(
                parts.stream().flatMap(part -> part.names().stream()).toList(),
                parts.stream().mapToLong(PrunedVolumes::bytes).sum());
    }
}
