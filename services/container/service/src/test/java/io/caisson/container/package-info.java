/** Containers against a real database, a recorded host and recorded neighbours. */
@NullMarked
package io.caisson.container;

import org.jspecify.annotations.NullMarked;
