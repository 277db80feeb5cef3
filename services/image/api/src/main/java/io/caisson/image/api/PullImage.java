package io.caisson.image.api;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import org.jspecify.annotations.Nullable;

/** @param platform null for the node's own */
public record PullImage(
        NodeId node,
        Reference reference,
        @Nullable Platform platform,
        @Nullable RegistryAuth auth) {}
