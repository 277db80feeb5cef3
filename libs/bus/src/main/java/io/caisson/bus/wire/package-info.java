/** How values travel: by reference in one JVM, as JSON between two. */
@NullMarked
package io.caisson.bus.wire;

import org.jspecify.annotations.NullMarked;
