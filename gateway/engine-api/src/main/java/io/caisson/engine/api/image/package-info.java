/** Images on the wire. */
@NullMarked
package io.caisson.engine.api.image;

import org.jspecify.annotations.NullMarked;
