/** Tests. */
@NullMarked
package io.caisson.executor.spec;

import org.jspecify.annotations.NullMarked;
