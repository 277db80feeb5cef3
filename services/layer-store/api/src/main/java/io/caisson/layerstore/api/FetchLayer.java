package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;

/**
 * A layer to download.
 *
 * @param blob as the manifest describes it: media type (compression), digest and size of what is transferred
 * @param diffId what the unpacked tar must hash to
 */
public record FetchLayer(NodeId node, Descriptor blob, Digest diffId, BlobSource source) implements NodeBound {}
