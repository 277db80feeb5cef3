/** Containers in PostgreSQL. */
@NullMarked
package io.caisson.container.store;

import org.jspecify.annotations.NullMarked;
