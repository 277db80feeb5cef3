/** Blobs to registries over HTTP. */
@NullMarked
package io.caisson.layerstore.upload;

import org.jspecify.annotations.NullMarked;
