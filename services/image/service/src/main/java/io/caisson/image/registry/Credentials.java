package io.caisson.image.registry;

import io.caisson.image.api.RegistryAuth;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it takes to be let in by one server, as it asks for it. */
final class Credentials {
    private final Tokens tokens;
    private final Endpoint endpoint;
    private final @Nullable RegistryAuth auth;
    private volatile Optional<Challenge> challenge;

    Credentials(Tokens tokens, Endpoint endpoint, @Nullable RegistryAuth auth, List<Challenge> challenges) {
        this.tokens = tokens;
        this.endpoint = endpoint;
        this.auth = endpoint.own() ? auth : null;
        this.challenge = Challenge.usable(challenges);
    }

    /** The value of the Authorization header; UNAUTHORIZED when a name and a password are needed and there are none. */
    Uni<Optional<String>> authorization(List<String> scopes) {
        if (auth != null && FetchToken.isSet(auth.registryToken())) {
            return Uni.createFrom().item(Optional.of("Bearer " + auth.registryToken()));
        }
        Challenge known = challenge.orElse(null);
        if (known == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (known.isBearer()) {
            return tokens.token(request(known, scopes)).map(token -> Optional.of("Bearer " + token));
        }
        if (auth == null || !FetchToken.isSet(auth.username())) {
            return Uni.createFrom().failure(new Fault(Fault.Kind.UNAUTHORIZED, "no basic auth credentials"));
        }
        return Uni.createFrom().item(Optional.of(FetchToken.basic(auth)));
    }

    /** Takes in a refusal: true when it tells something new and it is worth trying again. */
    boolean learn(HttpReply refusal, List<String> scopes) {
        Optional<Challenge> asked =
                Challenge.usable(Challenge.parse(refusal.headers().getAll("WWW-Authenticate")));
        if (asked.isEmpty() || refusal.call().headers().containsKey("Authorization")) {
            asked.filter(Challenge::isBearer).ifPresent(bearer -> tokens.forget(request(bearer, scopes)));
            return false;
        }
        challenge = asked;
        return true;
    }

    private FetchToken.Request request(Challenge bearer, List<String> scopes) {
        return new FetchToken.Request(endpoint, bearer, scopes, auth, false);
    }
}
