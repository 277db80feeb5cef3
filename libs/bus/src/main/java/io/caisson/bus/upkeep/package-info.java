/** What services do from time to time to keep their word: compare, mend, and tell what was mended. */
@NullMarked
package io.caisson.bus.upkeep;

import org.jspecify.annotations.NullMarked;
