package io.caisson.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.image.api.RegistryAuth;
import io.caisson.image.document.JsonDocument;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a token server for a bearer token: with an identity token by {@code POST} (OAuth 2 refresh), else by {@code GET} with
 * name and password, or anonymously (distribution's token specification).
 */
@ApplicationScoped
class FetchToken {
    private static final int MAX_BYTES = 1 << 20;
    private static final long DEFAULT_SECONDS = 60;
    private static final String CLIENT = "caisson";

    private final RegistryHttp http;

    FetchToken(RegistryHttp http) {
        this.http = http;
    }

    /** @param refresh an identity token; empty when none was asked for or given */
    record Token(String value, Instant expires, String refresh) {
        @Override
        public String toString() {
            return "Token[]";
        }
    }

    /**
     * @param scopes e.g. {@code repository:library/busybox:pull}
     * @param offline ask for an identity token as well
     */
    record Request(
            Endpoint endpoint,
            Challenge challenge,
            List<String> scopes,
            @Nullable RegistryAuth auth,
            boolean offline) {
        Request {
            scopes = List.copyOf(scopes);
        }
    }

    Uni<Token> fetch(Request request) {
        return Uni.createFrom().deferred(() -> http.send(call(request)).map(FetchToken::token));
    }

    private static HttpCall call(Request request) {
        RegistryAuth auth = request.auth();
        URI realm = realm(request);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("service", request.challenge().parameter("service"));
        if (auth != null && isSet(auth.identityToken())) {
            query.put("scope", String.join(" ", request.scopes()));
            query.put("grant_type", "refresh_token");
            query.put("client_id", CLIENT);
            query.put("refresh_token", String.valueOf(auth.identityToken()));
            return new HttpCall(
                    HttpMethod.POST,
                    realm,
                    Map.of(),
                    HttpCall.Content.form(form(query)),
                    request.endpoint().insecure(),
                    MAX_BYTES);
        }
        String separator = realm.getRawQuery() == null ? "?" : "&";
        if (auth != null && isSet(auth.username())) {
            query.put("account", String.valueOf(auth.username()));
        }
        if (request.offline()) {
            query.put("offline_token", "true");
            query.put("client_id", CLIENT);
        }
        String scopes = request.scopes().stream()
                .map(scope -> "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        URI uri = URI.create(realm + separator + form(query) + scopes);
        return HttpCall.get(uri, basicHeaders(auth), request.endpoint().insecure(), MAX_BYTES);
    }

    private static URI realm(Request request) {
        String text = request.challenge().parameter("realm");
        try {
            URI realm = URI.create(text);
            boolean weaker =
                    request.endpoint().base().getScheme().equals("https") && !"https".equals(realm.getScheme());
            if (realm.getHost() != null && !weaker) {
                return realm;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw Fault.invalid("invalid token realm: " + text);
    }

    private static Map<String, String> basicHeaders(@Nullable RegistryAuth auth) {
        return auth != null && isSet(auth.username()) ? Map.of("Authorization", basic(auth)) : Map.of();
    }

    static String basic(RegistryAuth auth) {
        String pair = auth.username() + ":" + (auth.password() == null ? "" : auth.password());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Token token(HttpReply reply) {
        if (reply.status() == 401 || reply.status() == 403 || reply.status() == 400) {
            throw new Fault(Fault.Kind.UNAUTHORIZED, server(reply) + "unauthorized: " + reason(reply));
        }
        if (reply.status() != 200) {
            throw new Fault(
                    Fault.Kind.UNAVAILABLE,
                    server(reply) + "received unexpected HTTP status: " + reply.status() + " " + reply.reason());
        }
        JsonNode answer = JsonDocument.object(reply.body(), "token");
        String value = answer.path("token").asText(answer.path("access_token").asText(""));
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ')) {
            throw new Fault(Fault.Kind.UNAVAILABLE, "authorization server did not include a token in the response");
        }
        long seconds = Math.clamp(answer.path("expires_in").asLong(DEFAULT_SECONDS), DEFAULT_SECONDS, 86_400);
        String refresh = answer.path("refresh_token").asText("");
        return new Token(value, Instant.now().plus(Duration.ofSeconds(seconds)), refresh);
    }

    /** Without its query, which may tell names. */
    private static String server(HttpReply reply) {
        URI uri = reply.uri();
        return "Get \"" + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath() + "\": ";
    }

    private static String reason(HttpReply reply) {
        try {
            String details =
                    JsonDocument.object(reply.body(), "answer").path("details").asText("");
            return details.isEmpty() ? "authentication required" : details;
        } catch (Fault _) {
            return "authentication required";
        }
    }
}
