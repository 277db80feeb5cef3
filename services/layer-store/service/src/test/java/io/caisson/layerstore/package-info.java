/** Tests. */
@NullMarked
package io.caisson.layerstore;

import org.jspecify.annotations.NullMarked;
