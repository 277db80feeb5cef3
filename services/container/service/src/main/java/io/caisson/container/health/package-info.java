/** Health checks: what to execute when, and what follows from the result. Pure. */
@NullMarked
package io.caisson.container.health;

import org.jspecify.annotations.NullMarked;
