package io.caisson.image.store;

import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.oci.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image to remember; its layers are on the node. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NewImage(
        NodeId node, Digest id, @Nullable Digest manifest, byte[] config, List<LayerInfo> layers, Instant created) {
    public NewImage {
        layers = List.copyOf(layers);
    }

    long size() {
        return layers.stream().mapToLong(LayerInfo::size).sum();
    }
}
