/** The control groups of containers that no runtime made: version 1, with or without version 2 beside it. */
@NullMarked
package io.caisson.executor.groups;

import org.jspecify.annotations.NullMarked;
