package io.caisson.image.registry;

import java.net.URI;

/**
 * A server that may have a repository.
 *
 * @param base without {@code /v2/}, e.g. {@code https://registry-1.docker.io}
 * @param insecure accept any TLS certificate
 * @param own false for a mirror: it never gets the registry's credentials
 */
record Endpoint(URI base, boolean insecure, boolean own) {
    URI uri(String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/v2/" + path);
    }
}
