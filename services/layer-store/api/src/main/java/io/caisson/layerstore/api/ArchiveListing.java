package io.caisson.layerstore.api;

import io.caisson.oci.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was in an archive, by cleaned path ({@code blobs/sha256/…}, {@code manifest.json}); links are resolved to what they
 * point at.
 */
public record ArchiveListing(Map<String, Entry> entries) {
    public ArchiveListing {
        entries = Map.copyOf(entries);
    }

    /** @param text the content of a JSON file of at most 4 MiB, else null */
    public record Entry(Digest digest, long size, @Nullable String text) {}
}
