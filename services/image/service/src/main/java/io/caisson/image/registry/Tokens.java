package io.caisson.image.registry;

import io.caisson.image.api.RegistryAuth;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps bearer tokens until shortly before they expire; the least recently used give way. */
@ApplicationScoped
class Tokens {
    private static final int MAX_TOKENS = 256;
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final FetchToken fetchToken;
    private final Map<Key, FetchToken.Token> kept = new LinkedHashMap<>(16, 0.75f, true);

    Tokens(FetchToken fetchToken) {
        this.fetchToken = fetchToken;
    }

    /** Credentials only as a digest: they are not kept. */
    private record Key(String realm, String service, List<String> scopes, Digest credentials) {}

    Uni<String> token(FetchToken.Request request) {
        Key key = key(request);
        String known = known(key);
        return known != null
                ? Uni.createFrom().item(known)
                : fetchToken.fetch(request).invoke(token -> keep(key, token)).map(FetchToken.Token::value);
    }

    void forget(FetchToken.Request request) {
        synchronized (kept) {
            kept.remove(key(request));
        }
    }

    private @Nullable String known(Key key) {
        synchronized (kept) {
            FetchToken.Token token = kept.get(key);
            return token != null && token.expires().isAfter(Instant.now().plus(MARGIN)) ? token.value() : null;
        }
    }

    private void keep(Key key, FetchToken.Token token) {
        synchronized (kept) {
            kept.put(key, token);
            if (kept.size() > MAX_TOKENS) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private static Key key(FetchToken.Request request) {
        RegistryAuth auth = request.auth();
        String secret = auth == null ? "" : auth.username() + "\0" + auth.password() + "\0" + auth.identityToken();
        return new Key(
                request.challenge().parameter("realm"),
                request.challenge().parameter("service"),
                request.scopes(),
                Digest.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
