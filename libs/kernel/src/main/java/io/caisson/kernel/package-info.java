/** What every service shares: faults, typed ids, undo steps and bounded blocking. */
@NullMarked
package io.caisson.kernel;

import org.jspecify.annotations.NullMarked;
