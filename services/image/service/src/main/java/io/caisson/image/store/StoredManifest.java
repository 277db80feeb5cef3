package io.caisson.image.store;

import io.caisson.oci.Digest;

/** A manifest or index as it came. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredManifest(Digest digest, String mediaType, byte[] content) {}
