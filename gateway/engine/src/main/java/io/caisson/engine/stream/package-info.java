/** Raw bytes beside HTTP: hijacked connections, dialled streams, and what joins them. */
@NullMarked
package io.caisson.engine.stream;

import org.jspecify.annotations.NullMarked;
