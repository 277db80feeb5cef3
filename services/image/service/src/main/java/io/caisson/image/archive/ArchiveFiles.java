package io.caisson.image.archive;

import io.caisson.image.document.ManifestDocument;
import io.caisson.image.document.ManifestMapping;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of an archive, by path and by digest; what they claim to be is verified. */
record ArchiveFiles(ArchiveListing listing) {
    boolean has(String path) {
        return listing.entries().containsKey(path);
    }

    ArchiveListing.Entry entry(String path) {
        ArchiveListing.Entry entry = listing.entries().get(path);
        if (entry == null) {
            throw Fault.invalid("invalid archive: " + path + ": no such file");
        }
        return entry;
    }

    /** The content of a small JSON file. */
    byte[] json(String path) {
        ArchiveListing.Entry entry = entry(path);
        String text = entry.text();
        if (text == null) {
            throw Fault.invalid("invalid archive: " + path + " is no JSON, or too large");
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        if (!Digest.sha256(content).equals(entry.digest())) {
            throw Fault.invalid("invalid archive: " + path + " is not UTF-8");
        }
        return content;
    }

    static String blobPath(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    /** The manifest or index that a descriptor points at; empty when the archive is without it. */
    Optional<ManifestDocument> document(Descriptor descriptor) {
        String path = blobPath(descriptor.digest());
        if (!has(path)) {
            return Optional.empty();
        }
        return Optional.of(read(path, descriptor.mediaType(), descriptor.digest()));
    }

    ManifestDocument read(String path, @Nullable String mediaType, Digest digest) {
        byte[] content = json(path);
        byte[] hash = digest.newHash().digest(content);
        if (!Digest.of(digest.algorithm(), hash).equals(digest)) {
            throw Fault.invalid("manifest verification failed for digest " + digest);
        }
        return ManifestMapping.read(content, mediaType, digest, path);
    }
}
