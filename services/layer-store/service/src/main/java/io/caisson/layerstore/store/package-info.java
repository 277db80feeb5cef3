/** What the node has, as rows of the schema layer_store. */
@NullMarked
package io.caisson.layerstore.store;

import org.jspecify.annotations.NullMarked;
