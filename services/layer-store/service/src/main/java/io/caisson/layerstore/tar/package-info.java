/** Reads tar archives that nobody vouches for, and unpacks them as overlay layers. */
@NullMarked
package io.caisson.layerstore.tar;

import org.jspecify.annotations.NullMarked;
