/** Networks and endpoints in PostgreSQL. */
@NullMarked
package io.caisson.network.store;

import org.jspecify.annotations.NullMarked;
