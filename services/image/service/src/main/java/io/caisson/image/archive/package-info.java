/** Plans for reading and writing archives of images. */
@NullMarked
package io.caisson.image.archive;

import org.jspecify.annotations.NullMarked;
