package io.caisson.image.registry;

import io.caisson.image.api.LoginResult;
import io.caisson.image.api.RegistryAuth;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Asks registries whether they let somebody in. */
@ApplicationScoped
public class Logins {
    private static final String HUB = "docker.io";

    private final Registries registries;
    private final PingRegistry ping;
    private final FetchToken tokens;

    Logins(Registries registries, PingRegistry ping, FetchToken tokens) {
        this.registries = registries;
        this.ping = ping;
        this.tokens = tokens;
    }

    /** UNAUTHORIZED when the registry does not know the name and password, or the identity token. */
    public Uni<LoginResult> login(RegistryAuth auth) {
        return registries.own(domain(auth.serverAddress())).chain(found -> login(found, auth));
    }

    private Uni<LoginResult> login(Registries.Answering found, RegistryAuth auth) {
        Optional<Challenge> challenge = Challenge.usable(found.challenges());
        if (challenge.isEmpty()) {
            return Uni.createFrom().item(new LoginResult(""));
        }
        Endpoint endpoint = found.endpoint();
        if (challenge.get().isBasic()) {
            return letIn(endpoint, FetchToken.basic(auth)).replaceWith(new LoginResult(""));
        }
        return tokens.fetch(new FetchToken.Request(endpoint, challenge.get(), List.of(), auth, true))
                .call(token -> letIn(endpoint, "Bearer " + token.value()))
                .map(token -> new LoginResult(token.refresh()));
    }

    private Uni<HttpReply> letIn(Endpoint endpoint, String authorization) {
        return ping.ping(endpoint, authorization).invoke(reply -> {
            if (reply.status() != 200) {
                throw new Fault(
                        reply.status() == 401 ? Fault.Kind.UNAUTHORIZED : Fault.Kind.UNAVAILABLE,
                        "login attempt to " + reply.uri() + " failed with status: " + reply.status() + " "
                                + reply.reason());
            }
        });
    }

    /** A host and its port; Docker Hub also by its old address, {@code https://index.docker.io/v1/}. */
    static String domain(@org.jspecify.annotations.Nullable String serverAddress) {
        String address = serverAddress == null ? "" : serverAddress.strip();
        String host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.isEmpty() || host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? HUB : host;
    }
}
