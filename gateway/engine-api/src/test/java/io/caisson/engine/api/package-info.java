/** Golden documents and rules of the wire. */
@NullMarked
package io.caisson.engine.api;

import org.jspecify.annotations.NullMarked;
