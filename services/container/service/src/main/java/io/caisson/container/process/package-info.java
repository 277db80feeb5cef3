/** Signals and the node's own file names. */
@NullMarked
package io.caisson.container.process;

import org.jspecify.annotations.NullMarked;
