/** Blobs from registries over HTTP. */
@NullMarked
package io.caisson.layerstore.download;

import org.jspecify.annotations.NullMarked;
