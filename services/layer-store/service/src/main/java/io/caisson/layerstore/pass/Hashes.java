package io.caisson.layerstore.pass;

import io.caisson.linux.file.NativeSha256;
import io.caisson.oci.Digest;
import java.security.MessageDigest;

/** The fastest hashes that the host has: all bytes of a layer go through them. */
public final class Hashes {
    private Hashes() {}

    public static MessageDigest of(String algorithm) {
        return algorithm.equals("sha256")
                ? NativeSha256.create().orElseGet(() -> Digest.newHash(algorithm))
                : Digest.newHash(algorithm);
    }
}
