package io.caisson.image.registry;

import io.caisson.image.document.JsonDocument;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.registry.HttpCall.Content;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.layerstore.api.BlobTarget;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
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
    private final Credentials credentials;
    private final Endpoint endpoint;
    private final Reference reference;
    private final Access access;

    RepositorySession(
            RegistryHttp http, Credentials credentials, Endpoint endpoint, Reference reference, Access access) {
        this.http = http;
        this.credentials = credentials;
        this.endpoint = endpoint;
        this.reference = reference;
        this.access = access;
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

    /** The verbs of a push, for blobs. */
    public PushBlob blobs() {
        return new PushBlob(this);
    }

    /** Puts a manifest below a tag; answers its digest. INVALID when the registry wants none like this. */
    public Uni<Digest> putManifest(String tag, String mediaType, byte[] content) {
        return new PutManifest(this).put(tag, mediaType, content);
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
        return authorization(url)
                .map(authorization -> new BlobSource(List.of(url), authorization.orElse(null), endpoint.insecure()));
    }

    /** Where the layer store can send a blob, once an upload is open. The authorization is for its use at once. */
    public Uni<BlobTarget> target(URI upload) {
        Uni<Optional<String>> authorization = isHere(upload)
                ? authorization(upload.toString())
                : Uni.createFrom().item(Optional.empty());
        return authorization.map(value -> new BlobTarget(upload.toString(), value.orElse(null), endpoint.insecure()));
    }

    private static boolean isForeign(String mediaType) {
        return mediaType.contains(FOREIGN) || mediaType.contains(NON_DISTRIBUTABLE);
    }

    private boolean isHere(URI uri) {
        return endpoint.base().getScheme().equals(uri.getScheme())
                && endpoint.base().getAuthority().equalsIgnoreCase(String.valueOf(uri.getAuthority()));
    }

    URI uri(String rest) {
        return endpoint.uri(reference.path() + "/" + rest);
    }

    /** Sends a GET; asked to authenticate after all, it does so and tries once more. */
    Uni<HttpReply> get(String rest, Map<String, String> headers) {
        return send(new Verb(HttpMethod.GET, uri(rest), headers, null, List.of()));
    }

    /**
     * One request.
     *
     * @param scopes that it takes beside the repository's own
     */
    record Verb(
            HttpMethod method,
            URI uri,
            Map<String, String> headers,
            @Nullable Content content,
            List<String> scopes) {
        Verb {
            headers = Map.copyOf(headers);
            scopes = List.copyOf(scopes);
        }

        static Verb of(HttpMethod method, URI uri) {
            return new Verb(method, uri, Map.of(), null, List.of());
        }

        HttpCall call(Optional<String> authorization, boolean insecure) {
            Map<String, String> all = new HashMap<>(headers);
            authorization.ifPresent(value -> all.put("Authorization", value));
            return new HttpCall(method, uri, all, content, insecure, JsonDocument.MAX_BYTES);
        }
    }

    Uni<HttpReply> send(Verb verb) {
        return authorized(verb)
                .chain(reply -> reply.status() == 401 && isHere(verb.uri()) && credentials.learn(reply, scopes(verb))
                        ? authorized(verb)
                        : Uni.createFrom().item(reply));
    }

    private Uni<HttpReply> authorized(Verb verb) {
        Uni<Optional<String>> authorization = isHere(verb.uri())
                ? credentials.authorization(scopes(verb))
                : Uni.createFrom().item(Optional.empty());
        return authorization
                .onFailure(Fault.class)
                .transform(error -> worded(verb, error))
                .chain(value -> http.send(verb.call(value, endpoint.insecure())));
    }

    /** Docker names the request in a pull, but not in a push. */
    private Throwable worded(Verb verb, Throwable error) {
        Fault fault = Fault.of(error);
        boolean bare = fault.message().startsWith("no basic auth");
        return access == Access.PULL && bare
                ? new Fault(fault.kind(), verb.call(Optional.empty(), false).words() + ": " + fault.message())
                : error;
    }

    private List<String> scopes(Verb verb) {
        List<String> scopes = new ArrayList<>(List.of(access.scope(reference)));
        scopes.addAll(verb.scopes());
        return scopes;
    }

    private Uni<Optional<String>> authorization(String url) {
        Verb verb = Verb.of(HttpMethod.GET, URI.create(url));
        return credentials.authorization(scopes(verb)).onFailure(Fault.class).transform(error -> worded(verb, error));
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
