package io.caisson.image.registry;

import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a registry or its token server.
 *
 * @param insecure accept any TLS certificate
 * @param form body as {@code application/x-www-form-urlencoded}; null for none
 * @param maxBytes of the answer's body; more is a failure
 */
record HttpCall(
        HttpMethod method,
        URI uri,
        Map<String, String> headers,
        @Nullable String form,
        boolean insecure,
        int maxBytes) {
    HttpCall {
        headers = Map.copyOf(headers);
    }

    static HttpCall get(URI uri, Map<String, String> headers, boolean insecure, int maxBytes) {
        return new HttpCall(HttpMethod.GET, uri, headers, null, insecure, maxBytes);
    }

    HttpCall to(URI other, Map<String, String> otherHeaders) {
        return new HttpCall(method, other, otherHeaders, form, insecure, maxBytes);
    }

    /** As Go writes it in errors: {@code Get "https://…"}. */
    String words() {
        String verb = method.name();
        return verb.charAt(0) + verb.substring(1).toLowerCase(java.util.Locale.ROOT) + " \"" + uri + "\"";
    }
}
