package io.caisson.executor;

/**
 * What the monitor may do by itself where it can, instead of the runtime.
 *
 * @param making containers
 * @param entering processes that are added to running containers
 */
record Ways(boolean making, boolean entering) {}
