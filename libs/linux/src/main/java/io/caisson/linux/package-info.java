/** Kernel calls in process: what a host executor needs of Linux, without spawning tools. */
@NullMarked
package io.caisson.linux;

import org.jspecify.annotations.NullMarked;
