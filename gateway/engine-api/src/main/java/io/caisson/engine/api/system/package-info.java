/** Version, info and events on the wire. */
@NullMarked
package io.caisson.engine.api.system;

import org.jspecify.annotations.NullMarked;
