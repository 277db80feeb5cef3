/** Tests of health checks. */
@NullMarked
package io.caisson.container.health;

import org.jspecify.annotations.NullMarked;
