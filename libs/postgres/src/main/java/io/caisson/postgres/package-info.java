/** The platform's own PostgreSQL server: the real one, started beside the platform and never as root. */
@NullMarked
package io.caisson.postgres;

import org.jspecify.annotations.NullMarked;
