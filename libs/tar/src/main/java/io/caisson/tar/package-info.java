/** Tar archives: a reader for those that nobody vouches for, and a writer. */
@NullMarked
package io.caisson.tar;

import org.jspecify.annotations.NullMarked;
