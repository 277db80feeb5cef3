/** Containers on the wire. */
@NullMarked
package io.caisson.engine.api.container;

import org.jspecify.annotations.NullMarked;
