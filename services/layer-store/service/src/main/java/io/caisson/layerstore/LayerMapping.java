package io.caisson.layerstore;

import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerForm;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.LayerProgress.Ready;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.tar.RootAttributes;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Rows of layers, and what callers see of them. */
final class LayerMapping {
    private LayerMapping() {}

    static LayerRow row(NodeId node, PlacedLayer layer) {
        var row = new LayerRow();
        row.node = node.value();
        row.diffId = layer.diffId().toString();
        row.blobDigest = layer.blob().digest().toString();
        row.mediaType = layer.blob().mediaType();
        row.blobSize = layer.blob().size();
        row.unpackedSize = layer.content().size();
        row.link = layer.link();
        row.opaqueRoot = layer.content().opaqueRoot();
        row.created = Instant.now().truncatedTo(ChronoUnit.MICROS);
        RootAttributes root = layer.content().root();
        if (root != null) {
            row.rootUid = root.uid();
            row.rootGid = root.gid();
            row.rootMode = root.mode();
        }
        return row;
    }

    static LayerInfo info(LayerRow row) {
        var blob = Descriptor.of(row.mediaType, Digest.parse(row.blobDigest), row.blobSize);
        return new LayerInfo(Digest.parse(row.diffId), blob, row.unpackedSize);
    }

    /** Compressed as it came, or as it was when it was last compressed. */
    static LayerForm form(LayerRow row) {
        Digest diffId = Digest.parse(row.diffId);
        if (!isPlain(row)) {
            return new LayerForm(diffId, info(row).blob());
        }
        return new LayerForm(
                diffId,
                row.gzipDigest == null || row.gzipSize == null
                        ? null
                        : Descriptor.of(MediaTypes.DOCKER_LAYER_GZIP, Digest.parse(row.gzipDigest), row.gzipSize));
    }

    static boolean isPlain(LayerRow row) {
        return row.blobDigest.equals(row.diffId);
    }

    static Ready ready(LayerRow row) {
        return new Ready(Digest.parse(row.diffId), row.unpackedSize);
    }
}
