/** The process that stays with each container: how it is launched and spoken to. */
@NullMarked
package io.caisson.executor.monitor;

import org.jspecify.annotations.NullMarked;
