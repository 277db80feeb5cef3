/** Containers: what they are made of, what state they are in, and what can be done with them. */
@NullMarked
package io.caisson.container.api;

import org.jspecify.annotations.NullMarked;
