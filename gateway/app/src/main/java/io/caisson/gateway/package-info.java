/** The gateway as a process of its own. */
@NullMarked
package io.caisson.gateway;

import org.jspecify.annotations.NullMarked;
