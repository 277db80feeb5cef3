package io.caisson.image.archive;

import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.document.ManifestMapping;
import io.caisson.image.document.ManifestWriting;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredManifest;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image to write into an archive.
 *
 * @param manifest the one it came with, if it fits the blobs that are kept; else one is made over those
 * @param names tags to give with it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SavedImage(
        byte[] config,
        List<LayerInfo> layers,
        List<ImageName> names,
        @Nullable StoredManifest manifest) {
    public SavedImage {
        layers = List.copyOf(layers);
        names = List.copyOf(names);
        manifest = manifest != null && fits(manifest, layers) ? manifest : null;
    }

    Digest id() {
        return Digest.sha256(config);
    }

    byte[] manifestContent() {
        if (manifest != null) {
            return manifest.content();
        }
        return ManifestWriting.manifest(
                Descriptor.of(MediaTypes.OCI_CONFIG, id(), config.length),
                layers.stream().map(LayerInfo::blob).toList());
    }

    Descriptor manifestDescriptor() {
        byte[] content = manifestContent();
        return new Descriptor(
                manifest == null ? MediaTypes.OCI_MANIFEST : manifest.mediaType(),
                Digest.sha256(content),
                content.length,
                null,
                null,
                ConfigMapping.read(config).platform());
    }

    private static boolean fits(StoredManifest manifest, List<LayerInfo> layers) {
        List<Digest> kept = layers.stream().map(layer -> layer.blob().digest()).toList();
        return switch (ManifestMapping.read(manifest.content(), manifest.mediaType(), manifest.digest(), "the image")) {
            case ManifestDocument.OfIndex _ -> false;
            case ManifestDocument.OfImage document ->
                document.manifest().layers().stream()
                        .map(Descriptor::digest)
                        .toList()
                        .equals(kept);
        };
    }
}
