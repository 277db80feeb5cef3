/** The states of a container with their legal transitions, and what follows from an end. */
@NullMarked
package io.caisson.container.state;

import org.jspecify.annotations.NullMarked;
