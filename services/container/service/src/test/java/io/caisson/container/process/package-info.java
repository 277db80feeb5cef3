/** Tests of the pure parts. */
@NullMarked
package io.caisson.container.process;

import org.jspecify.annotations.NullMarked;
