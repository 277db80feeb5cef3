package io.caisson.layerstore.api;

import io.caisson.oci.Digest;

/** How far a layer is; items are dropped when nobody keeps up, but never the last. */
public sealed interface LayerProgress {
    /** Bytes received of the blob, of its total. */
    record Downloading(long current, long total) implements LayerProgress {}

    record Verifying() implements LayerProgress {}

    record DownloadComplete() implements LayerProgress {}

    /** Compressed bytes unpacked, of the total. */
    record Extracting(long current, long total) implements LayerProgress {}

    /** The node has the layer. */
    record Ready(Digest diffId, long unpackedSize) implements LayerProgress {}
}
