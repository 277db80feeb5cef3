/** Runs of containers: where they are on the host, what state they are in, who wants to know. */
@NullMarked
package io.caisson.executor.task;

import org.jspecify.annotations.NullMarked;
