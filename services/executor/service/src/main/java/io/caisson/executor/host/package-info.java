/** Facts about the host. */
@NullMarked
package io.caisson.executor.host;

import org.jspecify.annotations.NullMarked;
