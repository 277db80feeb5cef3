/** Tests. */
@NullMarked
package io.caisson.executor.network;

import org.jspecify.annotations.NullMarked;
