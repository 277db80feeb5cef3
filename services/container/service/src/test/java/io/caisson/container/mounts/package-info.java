/** Tests of the pure parts. */
@NullMarked
package io.caisson.container.mounts;

import org.jspecify.annotations.NullMarked;
