package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import java.util.List;

/** A tar to write, entry by entry. */
public record WriteArchive(NodeId node, List<Entry> entries) implements NodeBound {
    public WriteArchive {
        entries = List.copyOf(entries);
    }

    public sealed interface Entry {
        /** A regular file with this text, as UTF-8. */
        record Inline(String path, String text) implements Entry {}

        /** A regular file with the kept blob of a layer. */
        record Blob(String path, Digest diffId) implements Entry {}
    }
}
