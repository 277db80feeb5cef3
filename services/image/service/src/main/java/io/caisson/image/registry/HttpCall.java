package io.caisson.image.registry;

import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a registry or its token server.
 *
 * @param insecure accept any TLS certificate
 * @param content null for none
 * @param maxBytes of the answer's body; more is a failure
 */
record HttpCall(
        HttpMethod method,
        URI uri,
        Map<String, String> headers,
        @Nullable Content content,
        boolean insecure,
        int maxBytes) {
    HttpCall {
        headers = Map.copyOf(headers);
    }

    static HttpCall get(URI uri, Map<String, String> headers, boolean insecure, int maxBytes) {
        return new HttpCall(HttpMethod.GET, uri, headers, null, insecure, maxBytes);
    }

    HttpCall to(URI other, Map<String, String> otherHeaders) {
        return new HttpCall(method, other, otherHeaders, content, insecure, maxBytes);
    }

    /** A body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(String type, byte[] bytes) {
        static Content form(String fields) {
            return new Content("application/x-www-form-urlencoded", fields.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a redirect may be followed: nothing is changed by it. */
    boolean isSafe() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** As Go writes it in errors: {@code Get "https://…"}. */
    String words() {
        String verb = method.name();
        return verb.charAt(0) + verb.substring(1).toLowerCase(java.util.Locale.ROOT) + " \"" + uri + "\"";
    }
}
