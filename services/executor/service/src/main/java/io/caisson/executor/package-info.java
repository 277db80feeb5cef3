/** The native host executor: starts, watches and ends containers on one node, through the kernel and an OCI runtime. */
@NullMarked
package io.caisson.executor;

import org.jspecify.annotations.NullMarked;
