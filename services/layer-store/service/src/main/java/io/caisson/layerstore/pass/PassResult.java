package io.caisson.layerstore.pass;

import io.caisson.layerstore.tar.UnpackedLayer;
import io.caisson.oci.Digest;
import io.caisson.tar.Compression;
import org.jspecify.annotations.Nullable;

/**
 * What a layer's bytes turned out to be.
 *
 * @param blob of the bytes as they came
 * @param content null when they are no layer: {@code broken} tells why
 */
public record PassResult(
        Digest blob,
        long blobSize,
        @Nullable Content content,
        @Nullable String broken) {
    /** @param diffId of the plain tar */
    public record Content(Compression compression, Digest diffId, UnpackedLayer layer) {}
}
