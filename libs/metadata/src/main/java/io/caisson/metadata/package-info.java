/** Truth at rest: schemas, transactions and the durable event log, over one PostgreSQL database. */
@NullMarked
package io.caisson.metadata;

import org.jspecify.annotations.NullMarked;
