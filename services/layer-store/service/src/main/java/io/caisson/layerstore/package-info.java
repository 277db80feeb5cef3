/** Bytes at rest on a node: how layers, snapshots and volumes come, are shown, and go. */
@NullMarked
package io.caisson.layerstore;

import org.jspecify.annotations.NullMarked;
