package io.caisson.image.api;

import io.caisson.layerstore.api.LayerProgress;
import io.caisson.oci.Digest;

/** What a pull tells while it goes on. */
public sealed interface PullProgress {
    /** The manifest is known; layers follow. {@code familiarRepository} is e.g. {@code library/busybox}. */
    record Started(String repositoryPath, String tagOrDigest) implements PullProgress {}

    /** {@code layer} is the blob's digest. */
    record LayerQueued(Digest layer) implements PullProgress {}

    record LayerExists(Digest layer) implements PullProgress {}

    record LayerMoved(Digest layer, LayerProgress progress) implements PullProgress {}

    /**
     * Done.
     *
     * @param digest of the manifest or index that the name resolved to
     * @param newer false when the name already pointed at this image
     * @param familiarReference e.g. {@code busybox:latest}
     */
    record Pulled(Digest imageId, Digest digest, boolean newer, String familiarReference) implements PullProgress {}
}
