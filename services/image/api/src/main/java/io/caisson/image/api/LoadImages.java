package io.caisson.image.api;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Platform;
import org.jspecify.annotations.Nullable;

public record LoadImages(
        NodeId node, String archive, @Nullable Platform platform) {}
