/** Tests. */
@NullMarked
package io.caisson.executor.groups;

import org.jspecify.annotations.NullMarked;
