package io.caisson.image.registry;

import io.caisson.image.document.JsonDocument;
import io.caisson.kernel.Fault;
import io.caisson.oci.Descriptor;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** {@code GET /v2/name/blobs/digest} of a blob that fits in memory: a config (distribution spec, end-2). */
record FetchBlob(RepositorySession repository) {
    Uni<byte[]> fetch(Descriptor blob, String what) {
        if (blob.size() > JsonDocument.MAX_BYTES) {
            return Uni.createFrom().failure(Fault.invalid(what + " is too large: " + blob.size() + " bytes"));
        }
        return repository.get("blobs/" + blob.digest(), Map.of()).map(reply -> {
            if (reply.status() != 200) {
                throw RegistryErrors.of(reply, repository.reference());
            }
            return RepositorySession.verified(reply.body(), blob.digest(), what);
        });
    }
}
