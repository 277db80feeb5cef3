/** What all modules share, tested. */
@NullMarked
package io.caisson.kernel;

import org.jspecify.annotations.NullMarked;
