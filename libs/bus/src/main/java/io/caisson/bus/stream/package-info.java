/** Byte streams beside the bus: an address to dial, and the server that answers it. */
@NullMarked
package io.caisson.bus.stream;

import org.jspecify.annotations.NullMarked;
