/** Byte streams, tested. */
@NullMarked
package io.caisson.engine.stream;

import org.jspecify.annotations.NullMarked;
