/** The Docker Engine API as data: versions, parameters, and the texts that clients read. */
@NullMarked
package io.caisson.engine.api;

import org.jspecify.annotations.NullMarked;
