package io.caisson.image.archive;

import io.caisson.image.document.ConfigMapping;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.NewImage;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image found in an archive.
 *
 * @param config its bytes
 * @param layers base first
 * @param manifest as the archive has it; null when it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PlannedImage(
        byte[] config,
        List<Layer> layers,
        List<ImageName> names,
        @Nullable StoredManifest manifest) {
    public PlannedImage {
        layers = List.copyOf(layers);
        names = List.copyOf(names);
    }

    /** @param path of the tar in the archive, plain or compressed; {@code size} its bytes there */
    public record Layer(String path, Digest diffId, long size) {}

    public Digest id() {
        return Digest.sha256(config);
    }

    public List<Digest> diffIds() {
        return layers.stream().map(Layer::diffId).toList();
    }

    public NewImage image(NodeId node, List<LayerInfo> infos) {
        return new NewImage(
                node,
                id(),
                manifest == null ? null : manifest.digest(),
                config,
                infos,
                ConfigMapping.created(ConfigMapping.read(config).created()));
    }
}
