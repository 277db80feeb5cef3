/** A container as the flows see it: what it is made of, and where it stands. */
@NullMarked
package io.caisson.container.model;

import org.jspecify.annotations.NullMarked;
