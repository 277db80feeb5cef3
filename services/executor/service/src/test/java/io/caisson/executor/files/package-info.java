/** Tests. */
@NullMarked
package io.caisson.executor.files;

import org.jspecify.annotations.NullMarked;
