/** Ports over the Vert.x bus: typed commands, replies and streams of items, the same in one JVM and between several. */
@NullMarked
package io.caisson.bus;

import org.jspecify.annotations.NullMarked;
