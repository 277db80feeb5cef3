package io.caisson.layerstore.api;

import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * How a layer travels.
 *
 * @param blob the compressed bytes; null for a layer that is kept plain and was never sent: then only sending it tells
 */
public record LayerForm(Digest diffId, @Nullable Descriptor blob) {}
