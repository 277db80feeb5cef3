/** Tests of the embedded server. */
@NullMarked
package io.caisson.postgres;

import org.jspecify.annotations.NullMarked;
