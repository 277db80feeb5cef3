/** Tests of the composition. */
@NullMarked
package io.caisson.standalone;

import org.jspecify.annotations.NullMarked;
