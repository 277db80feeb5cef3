package io.caisson.image.api;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image with everything {@code inspect} shows.
 *
 * @param id digest of the config
 * @param manifest digest of the manifest; null for images made here and never pushed
 * @param repoTags familiar, {@code busybox:latest}
 * @param repoDigests familiar, {@code busybox@sha256:…}
 * @param size bytes of all layers unpacked
 * @param lastTagged when a name was last given on this node
 */
public record ImageDetail(
        NodeId node,
        Digest id,
        @Nullable Digest manifest,
        ImageConfig config,
        List<String> repoTags,
        List<String> repoDigests,
        long size,
        Instant created,
        @Nullable Instant lastTagged) {
    public ImageDetail {
        repoTags = List.copyOf(repoTags);
        repoDigests = List.copyOf(repoDigests);
    }
}
