package io.caisson.image.registry;

import io.caisson.image.document.ManifestDocument;
import io.caisson.image.document.ManifestMapping;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** {@code GET /v2/name/manifests/reference} (distribution spec, end-3). */
record FetchManifest(RepositorySession repository) {
    private static final String ACCEPT = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);

    Uni<ManifestDocument> fetch(String tagOrDigest) {
        return repository
                .get("manifests/" + tagOrDigest, Map.of("Accept", ACCEPT))
                .map(reply -> document(reply, tagOrDigest));
    }

    private ManifestDocument document(HttpReply reply, String tagOrDigest) {
        if (reply.status() != 200) {
            throw RegistryErrors.of(reply, asked(tagOrDigest));
        }
        byte[] content = reply.body();
        Digest digest = digest(reply, tagOrDigest);
        return ManifestMapping.read(
                RepositorySession.verified(content, digest, "manifest"),
                reply.header("Content-Type"),
                digest,
                repository.reference().toString());
    }

    /** What was asked for binds; for a tag what the registry claims must hold. */
    private static Digest digest(HttpReply reply, String tagOrDigest) {
        if (Digest.isDigest(tagOrDigest)) {
            return Digest.parse(tagOrDigest);
        }
        String claimed = reply.header("Docker-Content-Digest");
        return claimed != null && Digest.isDigest(claimed) ? Digest.parse(claimed) : Digest.sha256(reply.body());
    }

    private Reference asked(String tagOrDigest) {
        Reference reference = repository.reference();
        return Digest.isDigest(tagOrDigest)
                ? reference.withDigest(Digest.parse(tagOrDigest))
                : reference.withTag(tagOrDigest);
    }
}
