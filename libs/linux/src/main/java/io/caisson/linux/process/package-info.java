/** Short-lived tools: started by posix_spawn, their output captured. */
@NullMarked
package io.caisson.linux.process;

import org.jspecify.annotations.NullMarked;
