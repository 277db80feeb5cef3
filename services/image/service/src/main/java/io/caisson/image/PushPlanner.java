package io.caisson.image;

import io.caisson.image.document.ManifestDocument;
import io.caisson.image.document.ManifestMapping;
import io.caisson.image.document.ManifestWriting;
import io.caisson.image.store.StoredManifest;
import io.caisson.layerstore.api.LayerForm;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a push sends. Pure. */
final class PushPlanner {
    private PushPlanner() {}

    /**
     * A layer to push.
     *
     * @param blob null when it was never compressed
     * @param elsewhere repositories of the registry that may have the blob
     */
    record Layer(Digest diffId, @Nullable Descriptor blob, List<String> elsewhere) {
        Layer {
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /** The newest layer first, as Docker does, each but once. */
    static List<Layer> layers(List<LayerForm> forms, Map<Digest, List<String>> elsewhere) {
        List<Layer> layers = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        for (LayerForm form : forms.reversed()) {
            if (seen.add(form.diffId())) {
                Descriptor blob = form.blob();
                List<String> places = blob == null ? List.of() : elsewhere.getOrDefault(blob.digest(), List.of());
                layers.add(new Layer(form.diffId(), blob, places));
            }
        }
        return layers;
    }

    /** The manifests that may be put, in the order to try: the one it came with if it still fits, then Docker's own kind. */
    static List<StoredManifest> manifests(PushTarget target, List<Descriptor> layers) {
        List<StoredManifest> manifests = new ArrayList<>();
        StoredManifest kept = target.manifest();
        if (kept != null && fits(kept, target.image().id(), layers)) {
            manifests.add(kept);
        }
        byte[] config = target.image().config();
        boolean oci = layers.stream().anyMatch(layer -> layer.mediaType().equals(MediaTypes.OCI_LAYER_ZSTD));
        byte[] content = oci
                ? ManifestWriting.manifest(
                        Descriptor.of(MediaTypes.OCI_CONFIG, target.image().id(), config.length), layers)
                : ManifestWriting.dockerManifest(
                        Descriptor.of(MediaTypes.DOCKER_CONFIG, target.image().id(), config.length), layers);
        String type = oci ? MediaTypes.OCI_MANIFEST : MediaTypes.DOCKER_MANIFEST;
        manifests.add(new StoredManifest(Digest.sha256(content), type, content));
        return manifests;
    }

    private static boolean fits(StoredManifest manifest, Digest id, List<Descriptor> layers) {
        return switch (ManifestMapping.read(manifest.content(), manifest.mediaType(), manifest.digest(), "the image")) {
            case ManifestDocument.OfIndex _ -> false;
            case ManifestDocument.OfImage document ->
                document.manifest().config().digest().equals(id)
                        && digests(document.manifest().layers()).equals(digests(layers));
        };
    }

    private static List<Digest> digests(List<Descriptor> layers) {
        return layers.stream().map(Descriptor::digest).toList();
    }
}
