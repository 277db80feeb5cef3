package io.caisson.engine.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.image.api.RegistryAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code X-Registry-Auth} header: base64 of a JSON object, in either alphabet, padded or not. */
public final class RegistryCredentials {
    private RegistryCredentials() {}

    /** Null when there is nothing usable in it: an unreadable header is ignored, as Docker does. */
    public static @Nullable RegistryAuth parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            JsonNode json = decoded(header);
            return json.isObject() && !json.isEmpty() ? of(json) : null;
        } catch (IOException | IllegalArgumentException _) {
            return null;
        }
    }

    /** The same of {@code X-Registry-Config}, which has credentials for several registries by their addresses. */
    public static @Nullable RegistryAuth parseFor(@Nullable String header, String domain) {
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            for (var entry : decoded(header).properties()) {
                if (host(entry.getKey()).equals(domain)) {
                    return of(entry.getValue());
                }
            }
            return null;
        } catch (IOException | IllegalArgumentException _) {
            return null;
        }
    }

    /** Of the body of a login. */
    public static RegistryAuth login(byte[] body) throws JsonProcessingException {
        JsonNode json = EngineJson.mapper().readTree(new String(body, StandardCharsets.UTF_8));
        RegistryAuth auth = of(json);
        return auth == null ? new RegistryAuth("", "", null, null, text(json, "serveraddress")) : auth;
    }

    private static JsonNode decoded(String header) throws IOException {
        String standard = header.strip().replace('-', '+').replace('_', '/').replaceAll("=+$", "");
        return EngineJson.mapper().readTree(Base64.getDecoder().decode(standard));
    }

    private static String host(String address) {
        String host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.equals("index.docker.io") ? "docker.io" : host;
    }

    private static @Nullable RegistryAuth of(JsonNode json) {
        String user = text(json, "username");
        String password = text(json, "password");
        String combined = text(json, "auth");
        if (user == null && combined != null) {
            String decoded = new String(Base64.getDecoder().decode(combined), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            user = colon < 0 ? decoded : decoded.substring(0, colon);
            password = colon < 0 ? null : decoded.substring(colon + 1);
        }
        String identity = text(json, "identitytoken");
        String registry = text(json, "registrytoken");
        return user == null && identity == null && registry == null
                ? null
                : new RegistryAuth(user, password, identity, registry, text(json, "serveraddress"));
    }

    private static @Nullable String text(JsonNode json, String name) {
        String value = json.path(name).asText("");
        return value.isEmpty() ? null : value;
    }
}
