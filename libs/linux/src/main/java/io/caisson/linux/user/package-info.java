/** Who a process runs as, by the files of the image it runs in. */
@NullMarked
package io.caisson.linux.user;

import org.jspecify.annotations.NullMarked;
