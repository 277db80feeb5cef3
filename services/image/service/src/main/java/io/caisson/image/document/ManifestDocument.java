package io.caisson.image.document;

import io.caisson.oci.Digest;
import io.caisson.oci.Index;
import io.caisson.oci.Manifest;

/** What a registry keeps below a tag or digest: the exact bytes, and what they say. */
public sealed interface ManifestDocument {
    String mediaType();

    Digest digest();

    byte[] content();

    @SuppressWarnings("ArrayRecordComponent") // never compared; bytes as they came, nobody changes them
    record OfImage(String mediaType, Digest digest, byte[] content, Manifest manifest) implements ManifestDocument {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfIndex(String mediaType, Digest digest, byte[] content, Index index) implements ManifestDocument {}
}
