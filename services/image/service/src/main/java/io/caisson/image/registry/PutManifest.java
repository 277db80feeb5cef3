package io.caisson.image.registry;

import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/** {@code PUT /v2/name/manifests/tag} (distribution spec, end-7a). */
record PutManifest(RepositorySession repository) {
    Uni<Digest> put(String tag, String mediaType, byte[] content) {
        var verb = new RepositorySession.Verb(
                HttpMethod.PUT,
                repository.uri("manifests/" + tag),
                Map.of(),
                new HttpCall.Content(mediaType, content),
                List.of());
        return repository.send(verb).map(reply -> {
            if (reply.status() / 100 != 2) {
                throw RegistryErrors.ofPush(reply);
            }
            return Digest.sha256(content);
        });
    }
}
