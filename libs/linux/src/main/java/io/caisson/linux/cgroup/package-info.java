/** Control groups of every layout: version 1, version 2 and both at once. */
@NullMarked
package io.caisson.linux.cgroup;

import org.jspecify.annotations.NullMarked;
