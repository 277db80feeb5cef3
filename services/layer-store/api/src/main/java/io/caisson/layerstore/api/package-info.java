/** Bytes at rest on a node: blobs, unpacked layers, read-write snapshots, volumes. */
@NullMarked
package io.caisson.layerstore.api;

import org.jspecify.annotations.NullMarked;
