/** Specifications against expectations, and against the real runtime. */
@NullMarked
package io.caisson.container.spec;

import org.jspecify.annotations.NullMarked;
