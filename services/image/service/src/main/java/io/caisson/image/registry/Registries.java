package io.caisson.image.registry;

import io.caisson.image.api.RegistryAuth;
import io.caisson.image.document.ManifestDocument;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the server for a reference. */
@ApplicationScoped
public class Registries {
    private final RegistrySettings settings;
    private final PingRegistry ping;
    private final RegistryHttp http;
    private final Tokens tokens;

    Registries(RegistrySettings settings, PingRegistry ping, RegistryHttp http, Tokens tokens) {
        this.settings = settings;
        this.ping = ping;
        this.http = http;
        this.tokens = tokens;
    }

    /** What a reference resolved to, and where the rest of it can be had. */
    public record Resolved(RepositorySession repository, ManifestDocument document) {}

    /**
     * Resolves a reference with a tag or a digest on the first server that has it. A mirror that fails is passed over for any
     * reason, plain HTTP is tried only when nobody speaks HTTPS; the last failure is the one reported.
     */
    public Uni<Resolved> resolve(Reference reference, @Nullable RegistryAuth auth) {
        return resolve(settings.endpoints(reference.domain()), reference, auth);
    }

    private Uni<Resolved> resolve(List<Endpoint> endpoints, Reference reference, @Nullable RegistryAuth auth) {
        Endpoint first = endpoints.getFirst();
        List<Endpoint> others = endpoints.subList(1, endpoints.size());
        Uni<RepositorySession> session =
                ping.ping(first).map(challenges -> session(first, reference, auth, Access.PULL, challenges));
        if (others.isEmpty()) {
            return session.chain(repository -> resolve(repository, reference));
        }
        if (first.own()) {
            return session.map(repository -> resolve(repository, reference))
                    .onFailure()
                    .recoverWithItem(() -> resolve(others, reference, auth))
                    .flatMap(next -> next);
        }
        return session.chain(repository -> resolve(repository, reference))
                .onFailure()
                .recoverWithUni(() -> resolve(others, reference, auth));
    }

    private static Uni<Resolved> resolve(RepositorySession repository, Reference reference) {
        Digest digest = reference.digest();
        String tag = reference.tag();
        String wanted = digest != null ? digest.toString() : tag != null ? tag : "latest";
        return repository.manifest(wanted).map(document -> new Resolved(repository, document));
    }

    /** Where to push to: never a mirror. Plain HTTP is tried only when nobody speaks HTTPS. */
    public Uni<RepositorySession> open(Reference reference, @Nullable RegistryAuth auth) {
        return own(reference.domain())
                .map(found -> session(found.endpoint(), reference, auth, Access.PUSH, found.challenges()));
    }

    /** A server that answered, and how one authenticates there. */
    record Answering(Endpoint endpoint, List<Challenge> challenges) {}

    /** The registry itself, at the first of its addresses that answers; the last failure is the one reported. */
    Uni<Answering> own(String domain) {
        return own(settings.endpoints(domain).stream().filter(Endpoint::own).toList());
    }

    private Uni<Answering> own(List<Endpoint> endpoints) {
        Endpoint first = endpoints.getFirst();
        Uni<Answering> answering = ping.ping(first).map(challenges -> new Answering(first, challenges));
        return endpoints.size() == 1
                ? answering
                : answering.onFailure().recoverWithUni(() -> own(endpoints.subList(1, endpoints.size())));
    }

    private RepositorySession session(
            Endpoint endpoint,
            Reference reference,
            @Nullable RegistryAuth auth,
            Access access,
            List<Challenge> challenges) {
        return new RepositorySession(
                http, new Credentials(tokens, endpoint, auth, challenges), endpoint, reference, access);
    }
}
