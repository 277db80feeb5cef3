/** Tests. */
@NullMarked
package io.caisson.layerstore.tar;

import org.jspecify.annotations.NullMarked;
