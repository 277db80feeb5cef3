/** Where things lie below the data folder, and how they get there and away without half states. */
@NullMarked
package io.caisson.layerstore.files;

import org.jspecify.annotations.NullMarked;
