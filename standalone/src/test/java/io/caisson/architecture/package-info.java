/** The arrows of the design, proved. */
@NullMarked
package io.caisson.architecture;

import org.jspecify.annotations.NullMarked;
