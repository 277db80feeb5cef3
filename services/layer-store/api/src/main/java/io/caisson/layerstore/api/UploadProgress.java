package io.caisson.layerstore.api;

import io.caisson.oci.Descriptor;

/** How far an upload is; items are dropped when nobody keeps up, but never the last. */
public sealed interface UploadProgress {
    /** Bytes read of the layer as it is kept, of its total. */
    record Sending(long current, long total) implements UploadProgress {}

    /**
     * The registry has all bytes; it makes a blob of them when they are committed.
     *
     * @param blob what was sent
     * @param location where to commit it, absolute (distribution spec, end-6)
     */
    record Sent(Descriptor blob, String location) implements UploadProgress {}
}
