/** Tests. */
@NullMarked
package io.caisson.layerstore.download;

import org.jspecify.annotations.NullMarked;
