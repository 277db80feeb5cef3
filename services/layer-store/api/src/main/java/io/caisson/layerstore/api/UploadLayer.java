package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;

/** A layer to send to a registry, in the form that {@link LayerStore#forms} tells; what is kept plain is compressed. */
public record UploadLayer(NodeId node, Digest diffId, BlobTarget target) implements NodeBound {}
