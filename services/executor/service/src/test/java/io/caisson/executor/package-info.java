/** Tests of the executor on a real kernel. */
@NullMarked
package io.caisson.executor;

import org.jspecify.annotations.NullMarked;
