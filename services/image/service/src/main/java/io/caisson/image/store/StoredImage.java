package io.caisson.image.store;

import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.oci.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image as it is remembered.
 *
 * @param key of its row
 * @param config the exact bytes that {@code id} is the digest of
 * @param layers base first
 * @param names in order of repository and reference
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredImage(
        long key,
        NodeId node,
        Digest id,
        @Nullable Digest manifest,
        byte[] config,
        List<LayerInfo> layers,
        List<ImageName> names,
        long size,
        Instant created,
        @Nullable Instant lastTagged) {
    public StoredImage {
        layers = List.copyOf(layers);
        names = List.copyOf(names);
    }

    public List<Digest> diffIds() {
        return layers.stream().map(LayerInfo::diffId).toList();
    }

    public List<ImageName> tags() {
        return names.stream().filter(name -> !name.isDigest()).toList();
    }

    public List<ImageName> digests() {
        return names.stream().filter(ImageName::isDigest).toList();
    }
}
