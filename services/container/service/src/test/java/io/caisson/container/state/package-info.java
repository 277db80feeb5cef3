/** Tests of the pure parts. */
@NullMarked
package io.caisson.container.state;

import org.jspecify.annotations.NullMarked;
