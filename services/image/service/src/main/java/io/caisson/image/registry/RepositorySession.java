package io.caisson.image.registry;

import io.caisson.image.api.RegistryAuth;
import io.caisson.image.document.JsonDocument;
import io.caisson.image.document.ManifestDocument;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One repository on the server that answered, with what it takes to be let in. */
public final class RepositorySession {
    private static final String FOREIGN = "foreign";
    private static final String NON_DISTRIBUTABLE = "nondistributable";

    private final RegistryHttp http;
    private final Tokens tokens;
    private final Endpoint endpoint;
    private final Reference reference;
    private final @Nullable RegistryAuth auth;
    private volatile Optional<Challenge> challenge;

    RepositorySession(
            RegistryHttp http,
            Tokens tokens,
            Endpoint endpoint,
            Reference reference,
            @Nullable RegistryAuth auth,
            List<Challenge> challenges) {
        this.http = http;
        this.tokens = tokens;
        this.endpoint = endpoint;
        this.reference = reference;
        this.auth = endpoint.own() ? auth : null;
        this.challenge = Challenge.usable(challenges);
    }

    public Reference reference() {
        return reference;
    }

    /** The manifest or index below a tag or digest; its bytes are what the digest says. */
    public Uni<ManifestDocument> manifest(String tagOrDigest) {
        return new FetchManifest(this).fetch(tagOrDigest);
    }

    /** A small blob, verified. */
    public Uni<byte[]> blob(Descriptor blob, String what) {
        return new FetchBlob(this).fetch(blob, what);
    }

    /**
     * Where the layer store can download a blob. The authorization is fresh but does not last: ask right before its use.
     * Layers that are kept elsewhere are fetched there, without credentials.
     */
    public Uni<BlobSource> source(Descriptor blob) {
        List<String> urls = blob.urls();
        if (urls != null && !urls.isEmpty() && isForeign(blob.mediaType())) {
            List<String> web =
                    urls.stream().filter(url -> url.matches("https?://.*")).toList();
            return Uni.createFrom().item(new BlobSource(web, null, false));
        }
        String url = uri("blobs/" + blob.digest()).toString();
        return authorization()
                .map(authorization -> new BlobSource(List.of(url), authorization.orElse(null), endpoint.insecure()));
    }

    private static boolean isForeign(String mediaType) {
        return mediaType.contains(FOREIGN) || mediaType.contains(NON_DISTRIBUTABLE);
    }

    java.net.URI uri(String rest) {
        return endpoint.uri(reference.path() + "/" + rest);
    }

    /** Sends a GET; asked to authenticate after all, it does so and tries once more. */
    Uni<HttpReply> get(String rest, Map<String, String> headers) {
        return authorized(rest, headers).chain(reply -> {
            Optional<Challenge> asked = reply.status() == 401
                    ? Challenge.usable(Challenge.parse(reply.headers().getAll("WWW-Authenticate")))
                    : Optional.empty();
            if (asked.isEmpty() || reply.call().headers().containsKey("Authorization")) {
                asked.filter(Challenge::isBearer).ifPresent(bearer -> tokens.forget(request(bearer)));
                return Uni.createFrom().item(reply);
            }
            challenge = asked;
            return authorized(rest, headers);
        });
    }

    private Uni<HttpReply> authorized(String rest, Map<String, String> headers) {
        return authorization().chain(authorization -> {
            Map<String, String> all = new HashMap<>(headers);
            authorization.ifPresent(value -> all.put("Authorization", value));
            return http.send(HttpCall.get(uri(rest), all, endpoint.insecure(), JsonDocument.MAX_BYTES));
        });
    }

    private Uni<Optional<String>> authorization() {
        if (auth != null && FetchToken.isSet(auth.registryToken())) {
            return Uni.createFrom().item(Optional.of("Bearer " + auth.registryToken()));
        }
        Challenge known = challenge.orElse(null);
        if (known == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (known.isBearer()) {
            return tokens.token(request(known)).map(token -> Optional.of("Bearer " + token));
        }
        return Uni.createFrom()
                .item(
                        auth != null && FetchToken.isSet(auth.username())
                                ? Optional.of(FetchToken.basic(auth))
                                : Optional.empty());
    }

    private FetchToken.Request request(Challenge bearer) {
        return new FetchToken.Request(endpoint, bearer, "repository:" + reference.path() + ":pull", auth);
    }

    /** The content when it is what {@code digest} says. */
    static byte[] verified(byte[] content, Digest digest, String what) {
        byte[] hash = digest.newHash().digest(content);
        if (!Digest.of(digest.algorithm(), hash).equals(digest)) {
            throw Fault.invalid(what + " verification failed for digest " + digest);
        }
        return content;
    }
}
