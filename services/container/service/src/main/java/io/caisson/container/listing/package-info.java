/** Docker's list filters. */
@NullMarked
package io.caisson.container.listing;

import org.jspecify.annotations.NullMarked;
