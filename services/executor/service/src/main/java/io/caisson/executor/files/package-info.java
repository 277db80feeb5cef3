/** Files of containers, running or not: looked at, packed into tars and unpacked from them. Blocks. */
@NullMarked
package io.caisson.executor.files;

import org.jspecify.annotations.NullMarked;
