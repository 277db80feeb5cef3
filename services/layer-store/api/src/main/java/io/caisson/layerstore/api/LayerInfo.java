package io.caisson.layerstore.api;

import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;

/**
 * A layer of the node.
 *
 * @param blob the transferred form that is kept: its media type, digest and size
 * @param size bytes of its files when unpacked
 */
public record LayerInfo(Digest diffId, Descriptor blob, long size) {}
