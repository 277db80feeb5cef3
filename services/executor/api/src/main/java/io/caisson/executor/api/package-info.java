/** The native host executor: processes, mounts and links of one node. */
@NullMarked
package io.caisson.executor.api;

import org.jspecify.annotations.NullMarked;
