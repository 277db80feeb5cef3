package io.caisson.image.registry;

import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a push does with blobs, one method per request of the distribution spec. Faults carry the registry's words. */
public record PushBlob(RepositorySession repository) {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int MISSING = 404;

    /** A blob that the registry has mounted, or an upload that it has opened instead. */
    public sealed interface Begun {
        record Mounted(String from) implements Begun {}

        record Upload(URI location) implements Begun {}
    }

    /** {@code HEAD /v2/name/blobs/digest} (end-2). */
    public Uni<Boolean> exists(Digest digest) {
        var verb = RepositorySession.Verb.of(HttpMethod.HEAD, repository.uri("blobs/" + digest));
        return repository.send(verb).map(reply -> {
            if (reply.status() != OK && reply.status() != MISSING) {
                throw RegistryErrors.ofPush(reply);
            }
            return reply.status() == OK;
        });
    }

    /** {@code POST /v2/name/blobs/uploads/} (end-4a). */
    public Uni<Begun.Upload> open() {
        return post("", List.of()).map(this::upload);
    }

    /** {@code POST …?mount=digest&from=other} (end-11): the registry does as it likes. */
    public Uni<Begun> mount(Digest digest, String from) {
        String query = "?mount=" + encoded(digest.toString()) + "&from=" + encoded(from);
        return post(query, List.of(Access.PULL.scope(from)))
                .map(reply -> reply.status() == CREATED ? new Begun.Mounted(from) : upload(reply));
    }

    /** {@code PUT location?digest=…} (end-6). UNAVAILABLE when the registry has not got what was sent: send it anew. */
    public Uni<Void> commit(URI location, Digest digest) {
        return put(location, digest, new HttpCall.Content("application/octet-stream", new byte[0]))
                .map(reply -> {
                    if (reply.status() == 400 || reply.status() == MISSING || reply.status() == 416) {
                        throw new Fault(
                                Fault.Kind.UNAVAILABLE,
                                RegistryErrors.ofPush(reply).message());
                    }
                    return created(reply);
                })
                .replaceWithVoid();
    }

    /** A blob that fits in memory, in one go; nothing to do when it is there. */
    public Uni<Void> put(byte[] content) {
        Digest digest = Digest.sha256(content);
        var body = new HttpCall.Content("application/octet-stream", content);
        Uni<Void> uploaded = open().chain(upload -> put(upload.location(), digest, body))
                .map(PushBlob::created)
                .replaceWithVoid();
        return exists(digest).chain(there -> there ? Uni.createFrom().voidItem() : uploaded);
    }

    /** {@code DELETE location}: nobody will use it. Never fails. */
    public Uni<Void> abandon(URI location) {
        return repository
                .send(RepositorySession.Verb.of(HttpMethod.DELETE, location))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private Uni<HttpReply> post(String query, List<String> scopes) {
        var empty = new HttpCall.Content("application/octet-stream", new byte[0]);
        return repository.send(new RepositorySession.Verb(
                HttpMethod.POST, URI.create(repository.uri("blobs/uploads/") + query), Map.of(), empty, scopes));
    }

    private Uni<HttpReply> put(URI location, Digest digest, HttpCall.Content content) {
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI target = URI.create(location + separator + "digest=" + encoded(digest.toString()));
        return repository.send(new RepositorySession.Verb(HttpMethod.PUT, target, Map.of(), content, List.of()));
    }

    private Begun.Upload upload(HttpReply reply) {
        String location = reply.header("Location");
        if (reply.status() != ACCEPTED) {
            throw RegistryErrors.ofPush(reply);
        }
        return new Begun.Upload(target(reply, location));
    }

    private static URI target(HttpReply reply, @Nullable String location) {
        try {
            URI target = reply.uri().resolve(String.valueOf(location));
            boolean weaker = reply.uri().getScheme().equals("https") && !"https".equals(target.getScheme());
            if (location != null && target.getHost() != null && !weaker) {
                return target;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw Fault.invalid("invalid upload location: " + location);
    }

    private static HttpReply created(HttpReply reply) {
        if (reply.status() / 100 != 2) {
            throw RegistryErrors.ofPush(reply);
        }
        return reply;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
