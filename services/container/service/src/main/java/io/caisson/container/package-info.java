/** The lifecycle of containers: one flow per command, one task watch per node. */
@NullMarked
package io.caisson.container;

import org.jspecify.annotations.NullMarked;
