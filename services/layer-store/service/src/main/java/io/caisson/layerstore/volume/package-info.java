/** What volumes do to the host's files. */
@NullMarked
package io.caisson.layerstore.volume;

import org.jspecify.annotations.NullMarked;
