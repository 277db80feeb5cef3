package io.caisson.layerstore.api;

import org.jspecify.annotations.Nullable;

/**
 * An upload that a registry has opened (distribution spec, end-4a).
 *
 * @param url where to {@code PATCH} the bytes to
 * @param authorization value of the Authorization header
 * @param insecure accept any TLS certificate
 */
public record BlobTarget(String url, @Nullable String authorization, boolean insecure) {
    @Override
    public String toString() {
        return "BlobTarget[" + url + "]";
    }
}
