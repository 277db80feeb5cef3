/** Archives on their way in (load, import) and out (save). */
@NullMarked
package io.caisson.layerstore.archive;

import org.jspecify.annotations.NullMarked;
