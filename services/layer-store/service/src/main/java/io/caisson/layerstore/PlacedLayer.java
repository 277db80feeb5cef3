package io.caisson.layerstore;

import io.caisson.layerstore.tar.UnpackedLayer;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;

/** A layer whose files are in their place and on the disk, but which no row names yet. */
record PlacedLayer(Digest diffId, String link, Descriptor blob, UnpackedLayer content) {}
