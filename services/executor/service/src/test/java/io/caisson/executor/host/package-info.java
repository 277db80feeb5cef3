/** Tests of what is known about the host. */
@NullMarked
package io.caisson.executor.host;

import org.jspecify.annotations.NullMarked;
