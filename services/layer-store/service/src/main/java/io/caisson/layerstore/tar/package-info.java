/** Unpacks tar archives as overlay layers. */
@NullMarked
package io.caisson.layerstore.tar;

import org.jspecify.annotations.NullMarked;
