package io.caisson.image.api;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Reference;
import org.jspecify.annotations.Nullable;

/** @param reference with a tag for that one, without for all tags that its repository has on the node */
public record PushImage(
        NodeId node, Reference reference, @Nullable RegistryAuth auth) {}
