package io.caisson.layerstore.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a blob can be had.
 *
 * @param urls complete blob URLs to try in order, e.g. {@code https://registry-1.docker.io/v2/library/busybox/blobs/sha256:…}
 * @param authorization value of the Authorization header for the first host only; never sent to where it redirects
 * @param insecure accept any TLS certificate
 */
public record BlobSource(List<String> urls, @Nullable String authorization, boolean insecure) {
    public BlobSource {
        urls = List.copyOf(urls);
    }

    @Override
    public String toString() {
        return "BlobSource[" + urls + "]";
    }
}
