package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * @param path the entry that is the layer's tar, plain or compressed; empty for the whole archive
 * @param expected the diffId it must have; null to accept what it has
 */
public record AdoptLayer(
        NodeId node, String archive, String path, @Nullable Digest expected) implements NodeBound {}
