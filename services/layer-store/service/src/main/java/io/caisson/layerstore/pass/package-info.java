/** One pass over a layer: verified, decompressed, verified again and unpacked at once, each on its own thread. */
@NullMarked
package io.caisson.layerstore.pass;

import org.jspecify.annotations.NullMarked;
