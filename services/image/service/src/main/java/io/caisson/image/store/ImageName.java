package io.caisson.image.store;

import io.caisson.oci.Digest;
import io.caisson.oci.Reference;

/**
 * A name that an image has.
 *
 * @param repository with its registry, {@code docker.io/library/busybox}
 * @param reference a tag or a digest
 */
public record ImageName(String repository, String reference) {
    /** Of a reference with a tag or a digest; with both, the digest counts. */
    public static ImageName of(Reference reference) {
        Reference full = reference.withDefaultTag();
        Digest digest = full.digest();
        return new ImageName(full.repository(), digest == null ? String.valueOf(full.tag()) : digest.toString());
    }

    public boolean isDigest() {
        return reference.contains(":");
    }

    public String familiarRepository() {
        return Reference.parse(repository).familiarName();
    }

    /** {@code busybox:latest} or {@code busybox@sha256:…}. */
    public String familiar() {
        return familiarRepository() + (isDigest() ? "@" : ":") + reference;
    }
}
