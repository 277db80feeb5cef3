/** Tests. */
@NullMarked
package io.caisson.executor.logs;

import org.jspecify.annotations.NullMarked;
